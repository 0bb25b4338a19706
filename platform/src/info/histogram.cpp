#include <saddle/info/histogram.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
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

std::optional<std::size_t> bin_along(const Axis& axis, double x) {
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

void require_same_bins(const std::string& what, const std::vector<double>& p,
                       const std::vector<double>& q) {
  if (p.size() != q.size())
    throw PluginError(what + " needs counts of the same bins: p has " + std::to_string(p.size()) +
                      ", q has " + std::to_string(q.size()) + ".");
}

}  // namespace

Histogram::Histogram(std::vector<Axis> axes)
    : axes_(std::move(axes)), counts_(checked_bin_count(axes_)) {}

std::optional<std::size_t> bin_of(const std::vector<Axis>& axes, const double* point) {
  std::size_t index = 0;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto along = bin_along(axes[i], point[i]);
    if (!along) return std::nullopt;
    index = index * axes[i].bins + *along;
  }
  return index;
}

void Histogram::add(const double* point) {
  ++total_;
  const auto index = bin_of(axes_, point);
  ++(index ? counts_[*index] : outside_);
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
  require_same_bins("KL(p || q)", p, q);
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

double jensen_shannon(const std::vector<double>& p, const std::vector<double>& q) {
  require_same_bins("JS(p, q)", p, q);
  const double total_p = sum_of(p, 0), total_q = sum_of(q, 0);
  std::vector<double> middle;
  for (std::size_t k = 0; k < p.size(); ++k)
    middle.push_back(p[k] / total_p / 2 + q[k] / total_q / 2);
  return (kl_divergence(p, middle) + kl_divergence(q, middle)) / 2;
}

double label_entropy(const std::vector<std::size_t>& labels) {
  std::map<std::size_t, double> counts;
  for (const std::size_t label : labels) ++counts[label];
  std::vector<double> masses;
  for (const auto& [label, count] : counts) masses.push_back(count);
  return entropy(masses);
}

double mutual_information(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  if (a.size() != b.size())
    throw PluginError("I(a; b) needs pairs: there are " + std::to_string(a.size()) + " of a and " +
                      std::to_string(b.size()) + " of b.");
  std::map<std::pair<std::size_t, std::size_t>, double> counts;
  for (std::size_t i = 0; i < a.size(); ++i) ++counts[{a[i], b[i]}];
  std::vector<double> masses;
  for (const auto& [pair, count] : counts) masses.push_back(count);
  return label_entropy(a) + label_entropy(b) - entropy(masses);
}

}  // namespace saddle::info
