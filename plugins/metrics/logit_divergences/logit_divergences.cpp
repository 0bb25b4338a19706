#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;

// Divergences of real and generated samples as the discriminator sees them. Where it minimises the
// cross entropy, its optimal logit is ln p_real / p_generated (Goodfellow et al. 2014, proposition
// 1); with the logits that it has, KL(real || generated) is their mean over real samples, and the
// value of its objective bounds the Jensen-Shannon divergence from below. Of a discriminator
// trained otherwise (hinge, Wasserstein), or far from its optimum, these are no divergences. A
// conditional discriminator sees labels, and what it estimates are divergences of sample and label;
// one that was trained with instance noise estimates those behind the noise. It was trained against
// the generator's live weights, whose moving average these samples may come from. With packing a
// logit is that of m samples at once, and each sample has the m-th part of a KL.
class LogitDivergences final : public Metric {
 public:
  LogitDivergences(const NoOptions&, const MetricSetup& setup)
      : samples_(setup.samples), packing_(setup.shapes.packing()) {}

  std::vector<Need> needs() const override {
    return {Need::real, Need::generated, Need::discriminator};
  }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  std::size_t samples_, packing_;
};

std::vector<SeriesInfo> LogitDivergences::series() const {
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "nats",
                      {{"definition", std::move(definition)},
                       {"estimator", "the discriminator's logits as ln p_real / p_generated"},
                       {"n", std::to_string(samples_)}}};
  };
  const std::string of_tuples = packing_ > 1 ? " in tuples, for each sample" : "";
  return {info("forward", "KL(real || generated): the mean logit of real samples" + of_tuples),
          info("reverse",
               "KL(generated || real): less the mean logit of generated samples" + of_tuples),
          info("jensen-shannon",
               "ln 2 less the cross entropy of real against generated, each weighing half: a lower "
               "bound on the Jensen-Shannon divergence, and below 0 for a discriminator that is "
               "worse than none" +
                   std::string(packing_ > 1 ? "; of tuples of packed samples" : ""))};
}

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

std::vector<double> LogitDivergences::evaluate(const Snapshot& snapshot) const {
  const auto mean = [](const Matrix& logits, double (*of)(double)) {
    double sum = 0;
    for (const double logit : logits.values) sum += of(logit);
    return sum / static_cast<double>(logits.values.size());
  };
  const auto logits = [&](const Batch& batch) {
    return to_matrix(snapshot.discriminate(batch).logits().value());
  };
  const Matrix real = logits(snapshot.real_batch()), generated = logits(snapshot.generated_batch());
  const auto itself = [](double x) { return x; };
  const auto minus = [](double x) { return -x; };
  const auto loss_of_real = [](double x) { return softplus(-x); };
  const auto m = static_cast<double>(packing_);
  return {mean(real, itself) / m, mean(generated, minus) / m,
          std::log(2) - (mean(real, loss_of_real) + mean(generated, softplus)) / 2};
}

}  // namespace

SADDLE_PLUGIN(
    metric, LogitDivergences, "logit-divergences",
    "KL and Jensen-Shannon of real and generated samples, from the discriminator's logits");
