#include "critic.hpp"

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace {
using namespace saddle;
using mutual_information::ConcatCritic, mutual_information::SeparableCritic;

// Maximises a lower bound on the mutual information of codes c, parts of the latent, and samples,
// with a critic of the term's own (MINE-GAN, Belghazi et al. 2018, section 5.1; the bounds:
// saddle/bounds/mutual_information.hpp):
//   generator, own   -I(c; G(z, c)), the own objective training the critic
// For a generator without noise and a continuous code the information is infinite, and the bound
// shows how far the critic got.
class MutualInformation final : public Loss {
 public:
  struct Options {
    std::vector<std::string> parts;
    std::string bound = "mine";
    double rate = 0.1;
    double clip = 5;
    bool adaptive_clip = true;
    std::size_t embedding = 32;
    nn::MlpOptions network;
    static void describe(Schema& s);
  };
  MutualInformation(const Options& options, const Shapes& shapes);

  Objectives objectives() const override { return {false, true, true}; }
  std::vector<SeriesInfo> series() const override;
  Variable generator(Round& round) override { return -information(round, false); }
  Variable own(Round& round) override { return -information(round, true); }

  bool separate() const override { return options_.adaptive_clip; }
  Tensors combine(Player player, const Tensors& others, const Tensors& mine) const override;

 private:
  Variable information(Round& round, bool trains_critic);
  Variable of_pairs(const bounds::Scores& scores, bool trains_critic);

  Options options_;
  std::vector<LatentPart> parts_;
  // One of the two.
  ConcatCritic* concat_critic_ = nullptr;
  SeparableCritic* separable_critic_ = nullptr;
  // MINE's: ln of the moving average of E exp product.
  Buffer* log_average_ = nullptr;
};

void MutualInformation::Options::describe(Schema& s) {
  s.field(&Options::parts, "parts", "parts of the latent that make the code; empty for all");
  s.field(&Options::bound, "bound",
          "mine: Donsker-Varadhan with MINE's corrected gradient; info-nce: at most ln of the "
          "batch; smile: Donsker-Varadhan on clipped scores, with the gradient of jensen-shannon")
      .choices({"mine", "donsker-varadhan", "nwj", "info-nce", "smile"});
  s.field(&Options::rate, "rate", "weight of a batch in MINE's moving average").range(1e-6, 1);
  s.field(&Options::clip, "clip", "largest score in the estimate of smile").range(1e-3, 1e3);
  s.field(&Options::adaptive_clip, "adaptive_clip",
          "whether the generator's gradient of this term is cut to the norm of that of all others, "
          "as in MINE");
  s.field(&Options::embedding, "embedding",
          "numbers that the two networks of the critic of info-nce return")
      .range(1, 65536);
  s.field(&Options::network, "network", "the critic, or each of its two networks for info-nce");
}

MutualInformation::MutualInformation(const Options& options, const Shapes& shapes)
    : options_(options), parts_(latent_parts(shapes, options.parts, "parts")) {
  require_batch(shapes, 2);
  const std::size_t dimension = element_count(shapes.sample), size = size_of(parts_);
  if (options.bound == "info-nce")
    separable_critic_ =
        &add<SeparableCritic>("critic", dimension, size, options.embedding, options.network);
  else
    concat_critic_ = &add<ConcatCritic>("critic", dimension, size, options.network);
  if (options.bound == "mine")
    log_average_ =
        &buffer("log-average", {1}, init::constant(-std::numeric_limits<double>::infinity()));
}

std::vector<SeriesInfo> MutualInformation::series() const {
  std::string code;
  for (const LatentPart& part : parts_) code += (code.empty() ? "" : ", ") + part.name;
  const bool is_bound = options_.bound == "nwj" || options_.bound == "info-nce";
  const char* definition =
      is_bound ? "lower bound of I(code; sample)"
               : "estimate of I(code; sample), of one batch: high on average for a given critic";
  SeriesInfo series{"information",
                    "nats",
                    {{"definition", definition}, {"estimator", options_.bound}, {"code", code}}};
  if (options_.bound == "info-nce")
    series.attributes.emplace_back("ceiling", "ln of the samples of a batch");
  return {series};
}

Variable MutualInformation::information(Round& round, bool trains_critic) {
  const Variable x = flatten(round.generated()), c = joined(round.latent(), parts_);
  const std::size_t n = x.shape()[0];
  if (n < 2) throw PluginError("it was given fewer samples than it was made for");
  Context context(Mode::train, round.step(), round.random("critic"));
  const auto estimate = [&] {
    if (separable_critic_) return bounds::info_nce(separable_critic_->scores(x, c, context));
    const auto shift = 1 + static_cast<std::size_t>(round.random("shift").below(0, n - 1));
    return of_pairs(concat_critic_->scores(x, c, shift, context), trains_critic);
  };
  const Variable value = estimate();
  round.log("information", value.item());
  return value;
}

Variable MutualInformation::of_pairs(const bounds::Scores& scores, bool trains_critic) {
  const auto& [joint, product] = scores;
  if (options_.bound == "donsker-varadhan") return bounds::donsker_varadhan(joint, product);
  if (options_.bound == "nwj") return bounds::nwj(joint, product);
  if (options_.bound == "smile") return bounds::smile(joint, product, options_.clip);
  // The average moves with the critic; the generator meets it as it stands.
  const double average =
      bounds::log_moving_average(double{log_average_->value()(0)}, product, options_.rate);
  if (trains_critic) log_average_->propose(full({1}, average));
  return bounds::mine(joint, product, average);
}

// MINE's adaptive clipping (Belghazi et al. 2018, appendix): the term's gradient is at most as long
// as that of the others.
Tensors MutualInformation::combine(Player, const Tensors& others, const Tensors& mine) const {
  double theirs = 0, own = 0;
  for (const Tensor& gradient : others) theirs += squared_norm(gradient);
  for (const Tensor& gradient : mine) own += squared_norm(gradient);
  const auto factor = static_cast<Scalar>(own > theirs ? std::sqrt(theirs / own) : 1.0);
  Tensors total = others;
  for (std::size_t i = 0; i < total.size(); ++i)
    for (std::size_t j = 0; j < total[i].size(); ++j)
      total[i].data()[j] += factor * mine[i].data()[j];
  return total;
}

}  // namespace

SADDLE_PLUGIN(loss, MutualInformation, "mutual-information",
              "information between latent codes and samples, by a critic (MINE, InfoNCE)");
