#pragma once

#include <saddle/tensor/matrix.hpp>

#include "info/lanes.hpp"

#include <cstddef>
#include <vector>

namespace saddle::info {

// The two norms, by the measure of a difference that the tree computes with: one that grows with
// the distance. `add` takes one more coordinate's difference to it.
struct MaximumNorm {  // the distance itself
  static Lanes add(const Lanes& measure, const Lanes& difference) {
    return larger(measure, absolute(difference));
  }
};
struct EuclideanNorm {  // the square of the distance
  static Lanes add(const Lanes& measure, const Lanes& difference) {
    return measure + difference * difference;
  }
};

// The largest number below: what is at most this is nearer than `measure`.
double below(double measure);

struct Neighbour {
  double measure;
  std::size_t row;
};

// What a closed ball holds: how many points, and the largest measure among them.
struct Ball {
  std::size_t count = 0;
  double furthest = 0;
};

// Points [n, d], finite, n and d >= 1, in a k-d tree whose nodes have eight parts. Equal
// differences have equal measures to the bit in every query, and a query's order of points that it
// rounds to one measure is the tree's. Queries may run in several threads.
template <class Norm>
class KdTree {
 public:
  explicit KdTree(const Matrix& points);

  // The rows, those of near points together: queries are faster in this order.
  const std::vector<std::size_t>& order() const { return rows_; }

  // The k <= n points nearest to `point` [d], the nearest first; a point of the tree is its own
  // first one. Which of several at one distance are among them is not defined.
  void nearest(const double* point, std::size_t k, std::vector<Neighbour>& found) const;
  // The points at `measure` or nearer. Whole cells are counted without a look at their points.
  std::size_t count(const double* point, double measure) const;
  // The same, and the furthest of them.
  Ball ball(const double* point, double measure) const;
  // widths [d]: the largest difference in each coordinate to one of the points at `measure` or
  // nearer; 0 where there are none.
  void widths(const double* point, double measure, double* widths) const;

 private:
  // A block of points, and the parts of a node.
  static constexpr std::size_t kBlock = 16, kParts = 8;

  void arrange(const Matrix& points, std::size_t begin, std::size_t end, std::size_t unit);
  void copy_blocks(const Matrix& points);
  void enclose_blocks();
  void enclose_nodes();

  std::size_t nearest_block(const double* point) const;
  // Goes below a node: take(furthest, boxes, size) for each part not beyond `bound`, and where it
  // returns false the part's own parts, at last scan(block). `bound` may shrink on the way.
  template <class Take, class Scan>
  void descend(std::size_t level, std::size_t node, const double* point, const double& bound,
               const Take& take, const Scan& scan) const;

  std::size_t size_, dimension_;
  std::vector<std::size_t> rows_;
  std::vector<double> blocks_;               // [blocks, d, 16], NaN after the last point
  std::vector<std::vector<double>> levels_;  // [nodes, d, {low, high}, 8], the lowest level first
};

}  // namespace saddle::info
