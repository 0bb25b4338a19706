#include <saddle/info/discrete.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "info/counts.hpp"
#include "info/special.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace saddle::info {
namespace {

// What Stirling's formula leaves out of ln Gamma(z), z >= 20.
double stirling_rest(double z) {
  const double square = z * z;
  return (1 - (1 - 2 / (7 * square)) / (30 * square)) / (12 * z);
}

// ln Gamma(z + n) - ln Gamma(z), without the cancellation that both have for large z.
double log_rising(double z, double n) {
  if (z < 20) return std::lgamma(z + n) - std::lgamma(z);
  return (z - 0.5) * std::log1p(n / z) + n * std::log(z + n) - n + stirling_rest(z + n) -
         stirling_rest(z);
}

// The integrals over the concentration b of the Dirichlet prior.
class Posterior {
 public:
  Posterior(CountTable table, double symbols) : table_(std::move(table)), symbols_(symbols) {}

  // The logarithm of the posterior's density in ln b: b times the evidence times d xi / d b, where
  // xi = psi(K b + 1) - psi(b + 1) is the mean entropy a priori.
  double log_weight(double b) const {
    return std::log(b) + std::log(slope(b)) - log_rising(symbols_ * b, table_.total) +
           table_.sum([&](double n) { return log_rising(b, n); });
  }

  // The mean entropy a posteriori at b (Wolpert and Wolf 1995).
  double mean_entropy(double b) const {
    const double all = table_.total + symbols_ * b;
    const double seen = table_.sum([&](double n) { return (n + b) / all * digamma(n + b + 1); });
    return digamma(all + 1) - seen - (symbols_ - table_.seen) * b / all * digamma(b + 1);
  }

 private:
  // d xi / d b = K psi1(K b + 1) - psi1(b + 1), whose terms cancel for large b.
  double slope(double b) const {
    const double k = symbols_;
    if (b < 1000) return k * trigamma(k * b + 1) - trigamma(b + 1);
    return (1 - 1 / k) / (2 * b * b) - (1 - 1 / (k * k)) / (6 * b * b * b);
  }

  CountTable table_;
  double symbols_;
};

// The sums of the weights and of the weighted entropies at ln b = first + i step, both over
// exp(log_scale).
struct Sums {
  double log_scale = -std::numeric_limits<double>::infinity();
  double weight = 0, entropy = 0;

  void add(double log_weight, double entropy_there) {
    if (log_weight > log_scale) {
      const double shrink = std::exp(log_scale - log_weight);
      weight *= shrink;
      entropy *= shrink;
      log_scale = log_weight;
    }
    const double w = std::exp(log_weight - log_scale);
    weight += w;
    entropy += w * entropy_there;
  }
  double mean() const { return entropy / weight; }
};

}  // namespace

double nsb_entropy(const std::vector<double>& counts, std::size_t symbols) {
  const CountTable table(counts);
  const auto k = static_cast<double>(symbols);
  if (table.total == 0) return std::numeric_limits<double>::quiet_NaN();
  if (table.seen > k)
    throw PluginError("the NSB entropy of an alphabet of " + std::to_string(symbols) +
                      " symbols: the counts show " + number_text(table.seen) + " of them.");
  if (symbols == 1) return 0;
  const Posterior posterior(table, k);
  // The weights fall like exp(-|ln b|) beyond the scales of the counts, so that the trapezoid rule
  // converges faster than any power of its step. Each halving takes the points between.
  const double low = -45 - std::log(k), high = 45 + 2 * std::log(table.total + 1);
  Sums sums;
  double before = std::numeric_limits<double>::quiet_NaN();
  std::size_t agreements = 0;
  for (std::size_t level = 0, points = 512; level < 10 && agreements < 2; ++level) {
    const double step = (high - low) / static_cast<double>(points);
    const double first = level == 0 ? low : low + step / 2;
    for (std::size_t i = 0; i < points; ++i) {
      const double b = std::exp(first + step * static_cast<double>(i));
      sums.add(posterior.log_weight(b), posterior.mean_entropy(b));
    }
    const double mean = sums.mean();
    agreements = std::abs(mean - before) <= 1e-12 * std::max(1.0, mean) ? agreements + 1 : 0;
    before = mean;
    if (level > 0) points *= 2;
  }
  return before;
}

}  // namespace saddle::info
