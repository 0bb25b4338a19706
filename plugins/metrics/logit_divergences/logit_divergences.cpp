#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;

// Divergences of real and generated samples as the discriminator sees them. Where it minimises the
// cross entropy, its optimal logit is ln p_real / p_generated (Goodfellow et al. 2014, proposition
// 1); with the logits that it has, KL(real || generated) is their mean over real samples, and the
// value of its objective bounds the Jensen-Shannon divergence from below. Of a discriminator
// trained otherwise (hinge, Wasserstein), or far from its optimum, these are no divergences.
class LogitDivergences final : public Metric {
 public:
  struct Options {
    static void describe(Schema&) {}
  };
  LogitDivergences(const Options&, const MetricSetup& setup) : samples_(setup.samples) {}

  std::vector<Need> needs() const override {
    return {Need::real, Need::generated, Need::discriminator};
  }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  std::size_t samples_;
};

std::vector<SeriesInfo> LogitDivergences::series() const {
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "nats",
                      {{"definition", std::move(definition)},
                       {"estimator", "the discriminator's logits as ln p_real / p_generated"},
                       {"n", std::to_string(samples_)}}};
  };
  return {info("forward", "KL(real || generated): the mean logit of real samples"),
          info("reverse", "KL(generated || real): less the mean logit of generated samples"),
          info("jensen-shannon",
               "ln 2 less the cross entropy of real against generated, each weighing half: a lower "
               "bound on the Jensen-Shannon divergence, and below 0 for a discriminator that is "
               "worse than none")};
}

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

std::vector<double> LogitDivergences::evaluate(const Snapshot& snapshot) const {
  const auto mean = [](const Matrix& logits, double (*of)(double)) {
    double sum = 0;
    for (const double logit : logits.values) sum += of(logit);
    return sum / static_cast<double>(logits.values.size());
  };
  const auto logits = [&](const Tensor& samples) {
    return to_matrix(snapshot.discriminate(samples).logits().value());
  };
  const Matrix real = logits(snapshot.real()), generated = logits(snapshot.generated());
  const auto itself = [](double x) { return x; };
  const auto minus = [](double x) { return -x; };
  const auto loss_of_real = [](double x) { return softplus(-x); };
  return {mean(real, itself), mean(generated, minus),
          std::log(2) - (mean(real, loss_of_real) + mean(generated, softplus)) / 2};
}

}  // namespace

SADDLE_PLUGIN(
    metric, LogitDivergences, "logit-divergences",
    "KL and Jensen-Shannon of real and generated samples, from the discriminator's logits");
