#include "experiment/player_series.hpp"

#include <cmath>
#include <limits>

namespace saddle {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

SeriesInfo info(std::string name, std::string unit, std::string definition) {
  return {std::move(name), std::move(unit), {{"definition", std::move(definition)}}};
}

struct Moments {
  double mean, deviation;
};

Moments moments(const Tensor& x) {
  const auto n = static_cast<double>(x.size());
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += static_cast<double>(x.data()[i]);
  const double mean = sum / n;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double offset = static_cast<double>(x.data()[i]) - mean;
    squares += offset * offset;
  }
  return {mean, std::sqrt(squares / n)};
}

// The share of logits on the right side of 0; one that is 0 counts half.
double share(const Tensor& logits, double sign) {
  if (logits.size() == 0) return kNone;
  double right = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double logit = sign * static_cast<double>(logits.data()[i]);
    right += logit > 0 ? 1 : logit == 0 ? 0.5 : 0;
  }
  return right / static_cast<double>(logits.size());
}

}  // namespace

std::vector<SeriesInfo> player_series(const std::string& player) {
  std::vector<SeriesInfo> series;
  if (player == "discriminator")
    series = {
        info("accuracy", "1",
             "mean of the share of real samples with logit > 0 and of generated ones with < 0"),
        info("real-logit-mean", "1", "mean logit of the real batch"),
        info("real-logit-deviation", "1", "standard deviation of the real batch's logits"),
        info("generated-logit-mean", "1", "mean logit of the generated batch"),
        info("generated-logit-deviation", "1", "standard deviation of the generated one's")};
  series.push_back(info("parameter-norm", "1", "|w| over all parameters, after the update"));
  series.push_back(info("gradient-norm", "1", "|g| over all parameters, before clipping"));
  series.push_back(info("update-ratio", "1", "|w after - w before| / |w before|"));
  series.push_back(info("learning-rate", "1", "by its schedule, after rollbacks"));
  series.push_back(info("digest", "1", "upper 53 bits of XXH3 of the bytes of all parameters"));
  return series;
}

PoolVector<double> player_statistics(const UpdateNorms& norms, const Tensor& real_logits,
                                     const Tensor& generated_logits) {
  const Moments real = moments(real_logits), generated = moments(generated_logits);
  PoolVector<double> values = {(share(real_logits, 1) + share(generated_logits, -1)) / 2, real.mean,
                               real.deviation, generated.mean, generated.deviation};
  for (const double norm : player_statistics(norms)) values.push_back(norm);
  return values;
}

PoolVector<double> player_statistics(const UpdateNorms& norms) {
  return {norms.parameters, norms.gradient, norms.update_ratio, norms.learning_rate, norms.digest};
}

}  // namespace saddle
