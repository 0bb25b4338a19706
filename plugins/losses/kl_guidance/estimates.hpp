#pragma once

#include <saddle/saddle.hpp>

#include <vector>

// Estimates of the KL between the distributions of two batches, in nats, that can be differentiated
// with respect to the generated batch.
namespace saddle::kl_guidance {

enum class Direction { reverse, forward };  // KL(generated || real), KL(real || generated)

// From Gaussian kernel densities of width h on each batch; in the batch where a density is
// evaluated on its own points, each point is left out of its own density:
//   reverse   mean_j ln q_-j(y_j) - ln p(y_j)     forward   mean_i ln p_-i(x_i) - ln q(x_i)
// x [n, d], y [m, d] -> [].
Variable kernel(const Variable& real, const Variable& generated, double h, Direction direction);

// The box of a soft histogram, and how soft its walls are.
struct Bins {
  std::vector<double> low, high;  // of each axis
  std::size_t count;              // along each axis
  double softness;                // of a wall, in bin widths
  double smoothing;               // points added to each batch, spread evenly over all cells
};

// The plug-in KL from softly binned counts in one or two dimensions, with one cell for all outside:
// a point belongs to the bin between walls a < b by s((x - a) / t) - s((x - b) / t), s the sigmoid
// and t the softness times the bin width. For t -> 0 this is the KL of the hard histograms.
// x [n, d], y [m, d] -> [].
Variable histogram(const Variable& real, const Variable& generated, const Bins& bins,
                   Direction direction);

}  // namespace saddle::kl_guidance
