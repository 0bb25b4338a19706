#include <saddle/saddle.hpp>

#include "error_text.hpp"
#include "plugins/given_round.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

constexpr bool kDouble = sizeof(Scalar) == 8;
constexpr double kMean = 0.6, kDeviation = 1.3;

// G(z) = mean + deviation z.
class Affine final : public Generator {
 public:
  Variable& mean = parameter("mean", {1}, init::constant(kMean));
  Variable& deviation = parameter("deviation", {1}, init::constant(kDeviation));
  Affine() { initialise(RandomStream(1, "init")); }
  Samples forward(const Latent& latent, Context&) override {
    return mean + deviation * latent.joined();
  }
};

// The logit of the optimal discriminator, ln p / q, for p = N(0, 1) and q = N(kMean, kDeviation^2).
class LogRatio final : public Discriminator {
 public:
  Outputs forward(const Batch& batch, Context&) override {
    return (0.5 / (kDeviation * kDeviation)) * square(batch.x - kMean) - 0.5 * square(batch.x) +
           std::log(kDeviation);
  }
};

// D(x) = x.
class Identity final : public Discriminator {
 public:
  Outputs forward(const Batch& batch, Context&) override { return batch.x; }
};

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// The quantiles of N(0, 1) at the middles of n equal masses: means over them are integrals.
Tensor normal_quantiles(std::size_t n) {
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    const double mass = (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    double low = -10, high = 10;
    while (high - low > 1e-13) {
      const double middle = (low + high) / 2;
      (normal_cdf(middle) < mass ? low : high) = middle;
    }
    points.push_back(low);
  }
  return tensor({n, 1}, points);
}

std::unique_ptr<Loss> guidance(Entries options, const Shape& sample = {1}) {
  return make<kinds::loss>("kl-guidance", options, Shapes{{1}, {{"z", 1}}, sample, sample, 0});
}

struct Found {
  double value, by_mean, by_deviation;
  SeriesValues logged;
};

Found play(Loss& term, Discriminator& discriminator, const Tensor& real, const Tensor& latent) {
  Affine generator;
  GivenRound game(generator, discriminator, real, latent);
  game.round.enter_term("kl", {"kl", "effective-sample-size"});
  const Variable value = term.generator(game.round);
  const auto gradients = grad(value, {generator.mean, generator.deviation});
  return {double{value.item()}, double{gradients[0].item()}, double{gradients[1].item()},
          game.round.logged()};
}

}  // namespace

TEST_CASE("Reverse density-ratio guidance has the value and gradient of KL(q || p) of Gaussians") {
  LogRatio ratio;
  const Tensor points = normal_quantiles(20000);
  const Found found = play(*guidance({}), ratio, points, points);
  const double m = kMean, s = kDeviation;
  CHECK(found.value == Approx((s * s + m * m - 1) / 2 - std::log(s)).epsilon(1e-3));
  CHECK(found.by_mean == Approx(m).epsilon(1e-3));
  CHECK(found.by_deviation == Approx(s - 1 / s).epsilon(1e-3));
  CHECK(found.logged.at("kl/kl") == Approx(found.value));
  CHECK(found.logged.count("kl/effective-sample-size") == 0);
}

TEST_CASE("Forward density-ratio guidance has the value and gradient of KL(p || q) of Gaussians") {
  LogRatio ratio;
  const Tensor points = normal_quantiles(20000);
  const auto term = guidance({{"direction", text("forward")}, {"clip", number(1e6)}});
  const Found found = play(*term, ratio, points, points);
  const double m = kMean, s = kDeviation;
  CHECK(found.value == Approx(std::log(s) + (1 + m * m) / (2 * s * s) - 0.5).epsilon(1e-3));
  CHECK(found.by_mean == Approx(m / (s * s)).epsilon(1e-3));
  CHECK(found.by_deviation == Approx(1 / s - (1 + m * m) / (s * s * s)).epsilon(1e-3));
}

TEST_CASE("Importance weights are clipped, and their effective sample size is logged") {
  // G(z) = 0.6 + 1.3 z are the logits; their weights exp(logit) are 1, 2 and 8, clipped to 4.
  const auto latent_of = [](double weight) { return (std::log(weight) - kMean) / kDeviation; };
  const Tensor latent = tensor({3, 1}, {latent_of(1), latent_of(2), latent_of(8)});
  Identity identity;
  const auto term = guidance({{"direction", text("forward")}, {"clip", number(4)}});
  const Found found = play(*term, identity, tensor({2, 1}, {0.25, 0.75}), latent);
  CHECK(found.value == Approx(0.5).epsilon(1e-6));  // the mean real logit
  CHECK(found.by_mean == Approx(-(1.0 + 2 + 4) / 3).epsilon(1e-5));
  CHECK(found.logged.at("kl/effective-sample-size") == Approx(49.0 / 21).epsilon(1e-5));
}

TEST_CASE("Kernel guidance is the formula of leave-one-out kernel densities") {
  const std::vector<double> x = {0.1, -0.4, 0.9}, z = {0.3, -1.2, 0.8, 0.05};
  std::vector<double> y;
  for (const double latent : z) y.push_back(kMean + kDeviation * latent);
  const double h = 0.7;
  const auto density = [&](double at, const std::vector<double>& centres, std::size_t left_out) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < centres.size(); ++i) {
      if (i == left_out) continue;
      sum += std::exp(-std::pow(at - centres[i], 2) / (2 * h * h));
      ++count;
    }
    return std::log(sum / count / (h * std::sqrt(2 * std::acos(-1.0))));
  };
  constexpr std::size_t kNone = 99;
  double reverse = 0, forward = 0;
  for (std::size_t j = 0; j < y.size(); ++j)
    reverse += (density(y[j], y, j) - density(y[j], x, kNone)) / 4;
  for (std::size_t i = 0; i < x.size(); ++i)
    forward += (density(x[i], x, i) - density(x[i], y, kNone)) / 3;

  Identity unused;
  const auto value = [&](const char* direction) {
    const auto term = guidance(
        {{"estimate", text("kernel")}, {"direction", text(direction)}, {"width", number(h)}});
    return play(*term, unused, tensor({3, 1}, x), tensor({4, 1}, z)).value;
  };
  CHECK(value("reverse") == Approx(reverse).epsilon(kDouble ? 1e-9 : 1e-4));
  CHECK(value("forward") == Approx(forward).epsilon(kDouble ? 1e-9 : 1e-4));
}

TEST_CASE("Kernel guidance by a real batch that is one point has diverged, not failed") {
  Identity unused;
  const auto term = guidance({{"estimate", text("kernel")}});
  CHECK(error_text<DivergedError>([&] {
          play(*term, unused, tensor({3, 1}, {2, 2, 2}), tensor({2, 1}, {0, 1}));
        }) ==
        "loss 'kl-guidance': the real batch is one point, whose density is not finite; the "
        "option 'width' gives it one.");
}

TEST_CASE("Kernel guidance tends to the closed form of Gaussians that the kernels widen") {
  // Sums over 1,500 quantiles miss the tails beyond 3.4 deviations.
  constexpr double kTails = 0.03;
  const Tensor points = normal_quantiles(1500);
  const double m = kMean, s = kDeviation, h = 0.4, h2 = h * h, s2 = s * s;
  Identity unused;
  const Found found =
      play(*guidance({{"estimate", text("kernel")}, {"width", number(h)}}), unused, points, points);
  // E_q of ln N(x; m, s^2 + h^2) - ln N(x; 0, 1 + h^2).
  const double expected =
      -0.5 * std::log((s2 + h2) / (1 + h2)) - s2 / (2 * (s2 + h2)) + (s2 + m * m) / (2 * (1 + h2));
  CHECK(found.value == Approx(expected).epsilon(kTails));
  CHECK(found.by_mean == Approx(m / (1 + h2)).epsilon(kTails));
}

TEST_CASE("Soft histogram guidance equals the discrete formula on hard bins in the limit") {
  const std::vector<double> x = {-0.7, -0.2, 0.3, 0.4, 5}, z = {-1, -0.5, 0.1, -0.45};
  // Samples -0.7, -0.05, 0.73 and 0.015 in bins [-1, -0.5), ... of width 0.5, one cell outside.
  const std::vector<double> p = {1, 1, 2, 0, 1}, q = {1, 1, 1, 1, 0};
  const Entries options = {{"estimate", text("histogram")},
                           {"bins", number(4)},
                           {"low", list({-1})},
                           {"high", list({1})},
                           {"softness", number(1e-3)},
                           {"smoothing", number(0.5)}};
  Identity unused;
  const auto reverse = guidance(options);
  const Found found = play(*reverse, unused, tensor({5, 1}, x), tensor({4, 1}, z));
  CHECK(found.value == Approx(info::kl_divergence(q, p, 0.5 / 5)).epsilon(1e-5));
}

TEST_CASE("Gradients of kernel and soft histogram guidance agree with differences", "[double]") {
  const Tensor real = tensor({6, 2}, {0.1, 0.2, -0.5, 0.3, 0.8, -0.6, -0.1, -0.9, 0.4, 0.5, 0, 0});
  const Tensor start = tensor({4, 2}, {0.3, -0.2, -0.6, 0.1, 0.7, 0.9, -0.4, -0.8});
  class Table final : public Generator {
   public:
    Variable points;
    Samples forward(const Latent&, Context&) override { return points; }
  };
  for (const char* estimate : {"kernel", "histogram"})
    for (const char* direction : {"reverse", "forward"}) {
      INFO(estimate << " " << direction);
      const auto term = guidance({{"estimate", text(estimate)},
                                  {"direction", text(direction)},
                                  {"width", number(0.5)},
                                  {"bins", number(4)},
                                  {"low", list({-1})},
                                  {"high", list({1})},
                                  {"softness", number(0.5)}},
                                 {2});
      Identity unused;
      Table generator;
      const auto value = [&](const Variable& points) {
        generator.points = points;
        GivenRound game(generator, unused, real, start);
        game.round.enter_term("kl", {"kl"});
        return term->generator(game.round);
      };
      const Variable leaf = Variable::leaf(start);
      const Tensor gradient = grad(value(leaf), {leaf})[0].value();
      const double step = kDouble ? 1e-5 : 1e-2, margin = kDouble ? 1e-7 : 2e-2;
      for (std::size_t i = 0; i < start.size(); ++i) {
        const auto moved = [&](double by) {
          Tensor points = start;
          points.data()[i] += static_cast<Scalar>(by);
          return double{value(Variable(points)).item()};
        };
        CHECK(double{gradient.data()[i]} ==
              Approx((moved(step) - moved(-step)) / (2 * step)).margin(margin));
      }
    }
}

TEST_CASE("Histogram guidance needs a plane and its limits") {
  const auto complaint = [](Entries options, const Shape& sample) {
    return error_text<SpecError>([&] { guidance(options, sample); });
  };
  CHECK(complaint({{"estimate", text("histogram")}}, {28, 28, 1}) ==
        "estimate: histogram is for samples of one or two dimensions, and these have 784. Take "
        "density-ratio or kernel.");
  CHECK(complaint({{"estimate", text("histogram")}}, {2}) ==
        "estimate: histogram needs low and high, one number for each of 2 axes or one for all.");
}
