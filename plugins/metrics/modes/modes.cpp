#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {
using namespace saddle;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// How a generated sample meets the modes of a known mixture (the protocol of PacGAN, Lin et al.
// 2018; the box and the divergence over all points as in Liu et al. 2020). Each point belongs to
// the mode at the smallest Mahalanobis distance |x - mu| / sigma.
class ModesMetric final : public Metric {
 public:
  struct Options {
    double sigmas = 3;
    static void describe(Schema& s) {
      s.field(&Options::sigmas, "sigmas", "a point this near to its mode is of high quality")
          .unit("standard deviations")
          .range(1e-3, 1e3);
    }
  };
  ModesMetric(const Options& options, const MetricSetup& setup)
      : radius_(options.sigmas),
        dimension_(element_count(setup.shapes.sample)),
        samples_(setup.samples) {}

  std::vector<Need> needs() const override { return {Need::generated, Need::truth}; }
  std::vector<std::string> needs_offered() const override { return {"modes"}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  // P(|z| < radius) and P(all |z_j| < radius) of standard normal z.
  double ideal_ball() const;
  double ideal_box() const;

  double radius_;
  std::size_t dimension_, samples_;
};

std::vector<SeriesInfo> ModesMetric::series() const {
  const std::string radius = write_scalar(radius_).text;
  const std::string n = std::to_string(samples_);
  const auto info = [&](std::string name, std::string unit, std::string definition,
                        std::string ideal) {
    return SeriesInfo{std::move(name),
                      std::move(unit),
                      {{"definition", std::move(definition)},
                       {"ideal", std::move(ideal)},
                       {"sigmas", radius},
                       {"n", n}}};
  };
  const auto percent = [](double p) { return write_scalar(std::round(p * 1e5) / 1e3).text; };
  const std::string floor = "about (K - 1) / 2n for K modes";
  return {
      info("modes", "1", "modes with at least one point at a distance below sigmas", "all"),
      info("high-quality-ball", "%",
           "points with |x - mu| / sigma below sigmas, mu the mode nearest in Mahalanobis distance",
           percent(ideal_ball())),
      info("high-quality-box", "%",
           "points with |x_j - mu_j| / sigma below sigmas along every axis j",
           percent(ideal_box())),
      info("reverse-kl-high-quality", "nats",
           "KL(generated || true weights) of the modes, over the points of high-quality-ball",
           floor),
      info("reverse-kl-all", "nats",
           "KL(generated || true weights) of the modes, over all points at their nearest mode",
           floor)};
}

double ModesMetric::ideal_ball() const {
  // The regularised incomplete gamma function P(d / 2, x) at x = radius^2 / 2, by the recurrence
  // P(a + 1, x) = P(a, x) - x^a e^-x / Gamma(a + 1) from P(1/2, x) or P(1, x).
  const double x = radius_ * radius_ / 2;
  double a = dimension_ % 2 == 1 ? 0.5 : 1;
  double p = dimension_ % 2 == 1 ? std::erf(std::sqrt(x)) : -std::expm1(-x);
  for (; a < static_cast<double>(dimension_) / 2; ++a)
    p -= std::exp(a * std::log(x) - x - std::lgamma(a + 1));
  return std::max(p, 0.0);
}

double ModesMetric::ideal_box() const {
  return std::pow(std::erf(radius_ / std::sqrt(2.0)), static_cast<double>(dimension_));
}

std::vector<double> ModesMetric::evaluate(const Snapshot& snapshot) const {
  const auto modes = snapshot.truth().modes();
  if (!modes) throw PluginError("the dataset offers modes and has none");
  const Tensor& x = snapshot.generated();
  const std::size_t n = x.shape(0), count = modes->weights.size();
  std::vector<double> near(count), all(count);
  double in_ball = 0, in_box = 0;
  for (const ModeMatch& match : match_modes(*modes, x)) {
    if (!std::isfinite(match.distance)) continue;
    ++all[match.mode];
    if (match.reach < radius_) ++in_box;
    if (!(match.distance < radius_)) continue;
    ++near[match.mode];
    ++in_ball;
  }
  const auto found = std::count_if(near.begin(), near.end(), [](double c) { return c > 0; });
  const double percent = n > 0 ? 100 / static_cast<double>(n) : kNan;
  return {static_cast<double>(found), percent * in_ball, percent * in_box,
          info::kl_divergence(near, modes->weights), info::kl_divergence(all, modes->weights)};
}

}  // namespace

SADDLE_PLUGIN(metric, ModesMetric, "modes", "modes found, share of high quality, balance of modes");
