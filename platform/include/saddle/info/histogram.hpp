#pragma once

#include <cstddef>
#include <optional>
#include <vector>

// Plug-in estimates from counts, in double precision and in nats.
namespace saddle::info {

// Bins of equal width from low to high.
struct Axis {
  double low, high;
  std::size_t bins;
};

// The bin of a point in a box, row major: the last axis runs fastest. Nothing where it lies outside
// or is NaN. `point` holds one number for each axis.
std::optional<std::size_t> bin_of(const std::vector<Axis>& axes, const double* point);

// Counts points in the bins of a box. Bin k of an axis holds edge(k) <= x < edge(k + 1), the last
// one its upper edge too. A point outside the box, or with a NaN, is counted apart.
class Histogram {
 public:
  // Bins in all axes together.
  static constexpr std::size_t kMostBins = 10000000;

  // At least one axis. Throws SpecError for limits that are not finite or not in order, and for an
  // axis without bins or more than kMostBins in all.
  explicit Histogram(std::vector<Axis> axes);

  // `point` holds one number for each axis.
  void add(const double* point);

  const std::vector<Axis>& axes() const { return axes_; }
  // The points in each bin, row major: the last axis runs fastest.
  const std::vector<double>& counts() const { return counts_; }
  double outside() const { return outside_; }
  // All points, those outside included.
  double total() const { return total_; }

 private:
  std::vector<Axis> axes_;
  std::vector<double> counts_;
  double outside_ = 0, total_ = 0;
};

// The entropy -sum p ln p of the distribution that counts (or other masses >= 0) stand for, with
// 0 ln 0 = 0. As an estimate from n points in K occupied bins it is too low by about (K - 1) / 2n.
// NaN where all counts are 0.
double entropy(const std::vector<double>& counts);

// KL(p || q) = sum p ln(p / q) of two count vectors over the same bins, with 0 ln 0 = 0.
// `smoothing` is added to every count of both. Infinite where a bin holds some of p and nothing of
// q. NaN where all of p or all of q is 0. Throws PluginError for vectors of different length.
double kl_divergence(const std::vector<double>& p, const std::vector<double>& q,
                     double smoothing = 0);

// The Jensen-Shannon divergence KL(p || m) / 2 + KL(q || m) / 2, m the mean of both distributions,
// of two count vectors over the same bins. At most ln 2. Errors and NaN as for kl_divergence.
double jensen_shannon(const std::vector<double>& p, const std::vector<double>& q);

// I(a; b) = H(a) + H(b) - H(a, b) of paired labels a[i], b[i], by their frequencies. As an estimate
// from n pairs it is too high by about (K_ab - K_a - K_b + 1) / 2n, K the numbers of distinct
// labels. Throws PluginError for vectors of different length.
double mutual_information(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b);
// H of labels by their frequencies.
double label_entropy(const std::vector<std::size_t>& labels);

}  // namespace saddle::info
