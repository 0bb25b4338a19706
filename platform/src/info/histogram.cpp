#include <saddle/info/histogram.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace saddle::info {
namespace {

// The product of the bins of all axes.
std::size_t checked_bin_count(const std::vector<Axis>& axes) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto& [low, high, bins] = axes[i];
    const std::string where = "histogram: axis " + std::to_string(i);
    if (!std::isfinite(high - low) || !(low < high))
      throw SpecError(where + ": expected finite limits with low below high, found low " +
                      number_text(low) + " and high " + number_text(high) + ".");
    if (bins == 0) throw SpecError(where + ": expected at least one bin, found none.");
    if (bins > Histogram::kMostBins / count)
      throw SpecError("histogram: its axes have more than " + std::to_string(Histogram::kMostBins) +
                      " bins together. Take fewer along each.");
    count *= bins;
  }
  return count;
}

double edge(const Axis& axis, std::size_t k) {
  return axis.low +
         (axis.high - axis.low) * (static_cast<double>(k) / static_cast<double>(axis.bins));
}

std::optional<std::size_t> bin_of(const Axis& axis, double x) {
  if (!(x >= axis.low && x <= axis.high)) return std::nullopt;
  const double position = (x - axis.low) / (axis.high - axis.low) * static_cast<double>(axis.bins);
  auto k = std::min(static_cast<std::size_t>(position), axis.bins - 1);
  // The division may round across an edge.
  if (x < edge(axis, k)) return k - 1;
  if (k + 1 < axis.bins && x >= edge(axis, k + 1)) return k + 1;
  return k;
}

double sum_of(const std::vector<double>& masses, double smoothing) {
  double total = 0;
  for (const double mass : masses) total += mass + smoothing;
  return total;
}

}  // namespace

Histogram::Histogram(std::vector<Axis> axes)
    : axes_(std::move(axes)), counts_(checked_bin_count(axes_)) {}

void Histogram::add(const double* point) {
  ++total_;
  std::size_t index = 0;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    const auto bin = bin_of(axes_[i], point[i]);
    if (!bin) {
      ++outside_;
      return;
    }
    index = index * axes_[i].bins + *bin;
  }
  ++counts_[index];
}

double entropy(const std::vector<double>& counts) {
  const double total = sum_of(counts, 0);
  if (!(total > 0)) return std::numeric_limits<double>::quiet_NaN();
  double nats = 0;
  for (const double count : counts)
    if (count > 0) nats -= count / total * std::log(count / total);
  return nats;
}

double kl_divergence(const std::vector<double>& p, const std::vector<double>& q, double smoothing) {
  if (p.size() != q.size())
    throw PluginError("KL(p || q) needs counts of the same bins: p has " +
                      std::to_string(p.size()) + ", q has " + std::to_string(q.size()) + ".");
  const double total_p = sum_of(p, smoothing), total_q = sum_of(q, smoothing);
  if (!(total_p > 0 && total_q > 0)) return std::numeric_limits<double>::quiet_NaN();
  double nats = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const double a = (p[k] + smoothing) / total_p, b = (q[k] + smoothing) / total_q;
    // Where b is 0 this is infinite.
    if (a > 0) nats += a * std::log(a / b);
  }
  return nats;
}

}  // namespace saddle::info
