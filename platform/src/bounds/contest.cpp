#include "bounds/contest.hpp"

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>
#include <saddle/bounds/mutual_information.hpp>
#include <saddle/nn/mlp.hpp>

#include "base/text.hpp"
#include "bounds/pair_critic.hpp"
#include "bounds/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace saddle::bounds {
namespace {

// Derangements for each batch, and for a held-out part.
constexpr std::size_t kDerangements = 8;
constexpr double kClip = 5, kRate = 0.1;

// `pairs` with y in another order, several times over: rows i, i + n, … hold x_i beside others' y.
PairBatch apart(const PairBatch& pairs, const RandomStream& stream) {
  const std::size_t n = pairs.x.shape(0), dx = pairs.x.shape(1), dy = pairs.y.shape(1);
  PairBatch made{empty({kDerangements * n, dx}), empty({kDerangements * n, dy})};
  for (std::size_t k = 0; k < kDerangements; ++k) {
    const Rows order = derangement(n, stream.child(std::to_string(k)));
    std::copy_n(pairs.x.data(), n * dx, made.x.data() + k * n * dx);
    for (std::size_t i = 0; i < n; ++i)
      std::copy_n(pairs.y.data() + order[i] * dy, dy, made.y.data() + (k * n + i) * dy);
  }
  return made;
}

using Bound = Variable (*)(const Variable& joint, const Variable& product);

Variable jensen_shannon_value(const Variable& joint, const Variable& product) {
  return nwj(joint + 1.0, product + 1.0);
}
Variable kl_dime_objective(const Variable& joint, const Variable& product) {
  return nwj(joint + 1.0, product + 1.0);
}
Variable smile_value(const Variable& joint, const Variable& product) {
  return smile(joint, product, kClip);
}

struct Method {
  Bound objective, value;
};

const std::map<std::string, Method>& methods() {
  static const std::map<std::string, Method> table = {
      {"donsker-varadhan", {donsker_varadhan, donsker_varadhan}},
      {"gan-dime", {jensen_shannon, gan_dime}},
      {"jensen-shannon", {jensen_shannon, jensen_shannon_value}},
      {"kl-dime", {kl_dime_objective, kl_dime}},
      {"mine", {donsker_varadhan, donsker_varadhan}},
      {"nwj", {nwj, nwj}},
      {"smile", {jensen_shannon, smile_value}}};
  return table;
}

// A critic of (x, y) side by side, against pairs from derangements.
class SideBySide : public Contest {
 public:
  SideBySide(Method method, std::size_t dx, std::size_t dy, const VariationalOptions& options)
      : method_(method),
        critic_(add<nn::Mlp>("critic", Shape{dx + dy}, Shape{1}, nn::MlpOptions(options.hidden))) {}

  Variable objective(const PairBatch& batch, Context& context) override {
    const Scores s = scores(batch, context);
    return bound(s.joint, s.product);
  }
  double judge(const PairBatch& held_out, Context& context) override {
    const Scores s = scores(held_out, context);
    return static_cast<double>(method_.objective(s.joint, s.product).item());
  }
  double value(const PairBatch& held_out, Context& context) override {
    const Scores s = scores(held_out, context);
    return static_cast<double>(method_.value(s.joint, s.product).item());
  }

 protected:
  virtual Variable bound(const Variable& joint, const Variable& product) {
    return method_.objective(joint, product);
  }

 private:
  Scores scores(const PairBatch& pairs, Context& context) {
    return {score(pairs, context), score(apart(pairs, context.random()), context)};
  }
  // -> [n]
  Variable score(const PairBatch& pairs, Context& context) {
    const Variable both = concat({Variable(pairs.x), Variable(pairs.y)}, 1);
    return reshape(critic_(both, context), {pairs.x.shape(0)});
  }

  Method method_;
  nn::Mlp& critic_;
};

class Mine final : public SideBySide {
 public:
  using SideBySide::SideBySide;

 private:
  Variable bound(const Variable& joint, const Variable& product) override {
    log_average_ = log_moving_average(log_average_, product, kRate);
    return mine(joint, product, log_average_);
  }
  double log_average_ = -std::numeric_limits<double>::infinity();
};

class InfoNce final : public Contest {
 public:
  InfoNce(std::size_t dx, std::size_t dy, const VariationalOptions& options)
      : critic_(
            add<PairCritic>("critic", dx, dy, PairCritic::Options{options.hidden, 32, 0, "relu"})),
        batch_(options.batch) {}

  Variable objective(const PairBatch& batch, Context& context) override {
    return info_nce(critic_(batch.x, batch.y, context));
  }
  // The mean over batches of the size of those in training, which sets the ceiling.
  double judge(const PairBatch& held_out, Context& context) override {
    const std::size_t n = held_out.x.shape(0), batch = std::min(batch_, n);
    double sum = 0;
    for (std::size_t begin = 0; begin + batch <= n; begin += batch)
      sum += static_cast<double>(objective({rows(held_out.x, begin, begin + batch),
                                            rows(held_out.y, begin, begin + batch)},
                                           context)
                                     .item());
    return sum / static_cast<double>(n / batch);
  }
  double value(const PairBatch& held_out, Context& context) override {
    return judge(held_out, context);
  }

 private:
  PairCritic& critic_;
  std::size_t batch_;
};

// q(y | x) = N(mu(x), diag exp s(x)); s bounded, since a free one runs away (Linear95/CLUB, issue
// 27).
class Club final : public Contest {
 public:
  Club(std::size_t dx, std::size_t dy, const VariationalOptions& options)
      : dy_(dy),
        conditional_(add<nn::Mlp>("conditional", Shape{dx}, Shape{2 * dy},
                                  nn::MlpOptions(options.hidden))) {}

  Variable objective(const PairBatch& batch, Context& context) override {
    return mean(log_q(batch, context));
  }
  double judge(const PairBatch& held_out, Context& context) override {
    return static_cast<double>(objective(held_out, context).item());
  }
  double value(const PairBatch& held_out, Context& context) override {
    const Variable joint = log_q(held_out, context);
    const Variable product = log_q(apart(held_out, context.random()), context);
    return static_cast<double>(club(joint, product).item());
  }

 private:
  // -> [n], without the constant, which the difference does not hold.
  Variable log_q(const PairBatch& pairs, Context& context) {
    constexpr double kWidest = 8;
    const Variable law = conditional_(Variable(pairs.x), context);
    const Variable log_variance = kWidest * tanh(slice(law, 1, dy_, 2 * dy_) / kWidest);
    const Variable away = Variable(pairs.y) - slice(law, 1, 0, dy_);
    return -0.5 * sum_rows(square(away) * exp(-log_variance) + log_variance);
  }

  std::size_t dy_;
  nn::Mlp& conditional_;
};

}  // namespace

Contest::~Contest() = default;

const std::vector<std::string>& variational_names() {
  static const std::vector<std::string> names = {
      "club",           "donsker-varadhan", "gan-dime", "info-nce",
      "jensen-shannon", "kl-dime",          "mine",     "nwj",
      "smile"};
  return names;
}

std::unique_ptr<Contest> make_contest(const std::string& name, std::size_t dx, std::size_t dy,
                                      const VariationalOptions& options) {
  if (name == "info-nce") return std::make_unique<InfoNce>(dx, dy, options);
  if (name == "club") return std::make_unique<Club>(dx, dy, options);
  const auto method = methods().find(name);
  if (method == methods().end())
    throw SpecError("there is no variational estimator '" + name + "'." +
                    suggestion(name, variational_names()) +
                    " There are: " + join(variational_names(), ", ") + ".");
  if (name == "mine") return std::make_unique<Mine>(method->second, dx, dy, options);
  return std::make_unique<SideBySide>(method->second, dx, dy, options);
}

}  // namespace saddle::bounds
