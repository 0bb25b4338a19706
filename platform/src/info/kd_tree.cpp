#include "info/kd_tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// A measure for each of kCount points or parts.
template <std::size_t kCount>
struct Measures {
  static constexpr std::size_t kVectors = kCount / kLanes;
  Lanes lanes[kVectors];

  Measures() {
    for (Lanes& lane : lanes) lane = Lanes{};
  }
  double operator[](std::size_t i) const { return lanes[i / kLanes][i % kLanes]; }
  // How many are at most `most`.
  std::size_t count(double most) const {
    LaneBits found{};
    for (const Lanes& lane : lanes) found -= lane <= most;
    return static_cast<std::size_t>(found[0] + found[1] + found[2] + found[3]);
  }
};

// From a point to those of a block [d, kCount].
template <class Norm, std::size_t kCount>
Measures<kCount> to_points(const double* block, const double* point, std::size_t d) {
  Measures<kCount> out;
  for (std::size_t j = 0; j < d; ++j)
    for (std::size_t v = 0; v < out.kVectors; ++v)
      out.lanes[v] = Norm::add(out.lanes[v], load(block + j * kCount + v * kLanes) - point[j]);
  return out;
}

// From a point to the nearest and to the furthest place of boxes [d, {low, high}, kCount].
template <class Norm, std::size_t kCount>
Measures<kCount> to_nearest(const double* boxes, const double* point, std::size_t d) {
  Measures<kCount> out;
  for (std::size_t j = 0; j < d; ++j)
    for (std::size_t v = 0; v < out.kVectors; ++v) {
      const double* low = boxes + 2 * j * kCount + v * kLanes;
      const Lanes outside = larger(load(low) - point[j], point[j] - load(low + kCount));
      out.lanes[v] = Norm::add(out.lanes[v], larger(Lanes{}, outside));
    }
  return out;
}

template <class Norm, std::size_t kCount>
Measures<kCount> to_furthest(const double* boxes, const double* point, std::size_t d) {
  Measures<kCount> out;
  for (std::size_t j = 0; j < d; ++j)
    for (std::size_t v = 0; v < out.kVectors; ++v) {
      const double* low = boxes + 2 * j * kCount + v * kLanes;
      const Lanes far = larger(point[j] - load(low), load(low + kCount) - point[j]);
      out.lanes[v] = Norm::add(out.lanes[v], far);
    }
  return out;
}

// The coordinate in which rows [begin, end) lie widest apart.
std::size_t widest(const Matrix& points, const std::vector<std::size_t>& rows, std::size_t begin,
                   std::size_t end) {
  std::vector<double> low(points.columns, std::numeric_limits<double>::infinity());
  std::vector<double> high(points.columns, -std::numeric_limits<double>::infinity());
  for (std::size_t i = begin; i < end; ++i)
    for (std::size_t j = 0; j < points.columns; ++j) {
      const double x = points.row(rows[i])[j];
      low[j] = std::min(low[j], x);
      high[j] = std::max(high[j], x);
    }
  for (std::size_t j = 0; j < points.columns; ++j) high[j] -= low[j];
  return static_cast<std::size_t>(std::max_element(high.begin(), high.end()) - high.begin());
}

}  // namespace

double below(double measure) {
  return std::nextafter(measure, -std::numeric_limits<double>::infinity());
}

template <class Norm>
KdTree<Norm>::KdTree(const Matrix& points)
    : size_(points.rows), dimension_(points.columns), rows_(points.rows) {
  std::iota(rows_.begin(), rows_.end(), std::size_t{0});
  std::size_t unit = kBlock;
  while (unit * kParts < size_) unit *= kParts;
  arrange(points, 0, size_, unit);
  copy_blocks(points);
  enclose_blocks();
  while (levels_.back().size() > 2 * kParts * dimension_) enclose_nodes();
}

// Parts of `unit` rows, full but for the last, halved again and again across the widest coordinate.
template <class Norm>
void KdTree<Norm>::arrange(const Matrix& points, std::size_t begin, std::size_t end,
                           std::size_t unit) {
  while (end - begin <= unit && unit > kBlock) unit /= kParts;
  if (end - begin <= unit) return;
  const std::size_t units = (end - begin + unit - 1) / unit;
  const std::size_t middle = begin + units / 2 * unit;
  const std::size_t axis = widest(points, rows_, begin, end);
  const auto at = [&](std::size_t i) { return rows_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(at(begin), at(middle), at(end), [&](std::size_t a, std::size_t b) {
    return points.row(a)[axis] < points.row(b)[axis];
  });
  arrange(points, begin, middle, unit);
  arrange(points, middle, end, unit);
}

template <class Norm>
void KdTree<Norm>::copy_blocks(const Matrix& points) {
  const std::size_t blocks = (size_ + kBlock - 1) / kBlock;
  blocks_.assign(blocks * dimension_ * kBlock, kNan);
  for (std::size_t i = 0; i < size_; ++i)
    for (std::size_t j = 0; j < dimension_; ++j)
      blocks_[(i / kBlock * dimension_ + j) * kBlock + i % kBlock] = points.row(rows_[i])[j];
}

template <class Norm>
void KdTree<Norm>::enclose_blocks() {
  const std::size_t blocks = (size_ + kBlock - 1) / kBlock;
  const std::size_t nodes = (blocks + kParts - 1) / kParts;
  std::vector<double> boxes(nodes * dimension_ * 2 * kParts, kNan);
  for (std::size_t b = 0; b < blocks; ++b)
    for (std::size_t j = 0; j < dimension_; ++j) {
      const double* first = blocks_.data() + (b * dimension_ + j) * kBlock;
      const double* last = first + std::min(kBlock, size_ - b * kBlock);
      const auto [low, high] = std::minmax_element(first, last);
      double* box = boxes.data() + (b / kParts * dimension_ + j) * 2 * kParts + b % kParts;
      box[0] = *low;
      box[kParts] = *high;
    }
  levels_.push_back(std::move(boxes));
}

// A level above the last one.
template <class Norm>
void KdTree<Norm>::enclose_nodes() {
  const std::vector<double>& below = levels_.back();
  const std::size_t parts = below.size() / (2 * kParts * dimension_);
  const std::size_t nodes = (parts + kParts - 1) / kParts;
  std::vector<double> boxes(nodes * dimension_ * 2 * kParts, kNan);
  for (std::size_t p = 0; p < parts; ++p)
    for (std::size_t j = 0; j < dimension_; ++j) {
      const double* low = below.data() + (p * dimension_ + j) * 2 * kParts;
      double* box = boxes.data() + (p / kParts * dimension_ + j) * 2 * kParts + p % kParts;
      box[0] = low[0];
      box[kParts] = low[kParts];
      for (std::size_t c = 1; c < kParts; ++c) {
        box[0] = std::min(box[0], low[c]);
        box[kParts] = std::max(box[kParts], low[kParts + c]);
      }
    }
  levels_.push_back(std::move(boxes));
}

template <class Norm>
template <class Take, class Scan>
void KdTree<Norm>::descend(std::size_t level, std::size_t node, const double* point,
                           const double& bound, const Take& take, const Scan& scan) const {
  const double* boxes = levels_[level].data() + node * dimension_ * 2 * kParts;
  const auto near = to_nearest<Norm, kParts>(boxes, point, dimension_);
  const auto far = to_furthest<Norm, kParts>(boxes, point, dimension_);
  for (std::size_t p = 0; p < kParts; ++p) {
    if (!(near[p] <= bound)) continue;
    const std::size_t part = node * kParts + p, unit = kBlock << 3 * level;
    if (take(far[p], boxes + p, std::min(unit, size_ - part * unit))) continue;
    if (level > 0)
      descend(level - 1, part, point, bound, take, scan);
    else
      scan(part);
  }
}

// Down to the nearest part of each node.
template <class Norm>
std::size_t KdTree<Norm>::nearest_block(const double* point) const {
  std::size_t node = 0;
  for (std::size_t level = levels_.size(); level-- > 0;) {
    const double* boxes = levels_[level].data() + node * dimension_ * 2 * kParts;
    const auto near = to_nearest<Norm, kParts>(boxes, point, dimension_);
    std::size_t best = 0;
    for (std::size_t p = 1; p < kParts; ++p)
      if (near[p] < near[best]) best = p;
    node = node * kParts + best;
  }
  return node;
}

template <class Norm>
void KdTree<Norm>::nearest(const double* point, std::size_t k,
                           std::vector<Neighbour>& found) const {
  found.assign(k, {std::numeric_limits<double>::infinity(), 0});
  // Parts that are no nearer than the k-th point so far are passed by: of many equal points, most.
  double bound = below(found.back().measure);
  const auto scan = [&](std::size_t block) {
    const double* points = blocks_.data() + block * kBlock * dimension_;
    const auto measures = to_points<Norm, kBlock>(points, point, dimension_);
    if (measures.count(bound) == 0) return;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const double measure = measures[i];
      if (!(measure <= bound)) continue;
      std::size_t place = k - 1;
      for (; place > 0 && measure < found[place - 1].measure; --place)
        found[place] = found[place - 1];
      found[place] = {measure, rows_[block * kBlock + i]};
      bound = below(found.back().measure);
    }
  };
  const std::size_t first = nearest_block(point);
  scan(first);
  descend(
      levels_.size() - 1, 0, point, bound, [](double, const double*, std::size_t) { return false; },
      [&](std::size_t block) {
        if (block != first) scan(block);
      });
}

template <class Norm>
std::size_t KdTree<Norm>::count(const double* point, double measure) const {
  std::size_t total = 0;
  descend(
      levels_.size() - 1, 0, point, measure,
      [&](double furthest, const double*, std::size_t size) {
        if (!(furthest <= measure)) return false;
        total += size;
        return true;
      },
      [&](std::size_t block) {
        const double* points = blocks_.data() + block * kBlock * dimension_;
        total += to_points<Norm, kBlock>(points, point, dimension_).count(measure);
      });
  return total;
}

template <class Norm>
Ball KdTree<Norm>::ball(const double* point, double measure) const {
  Ball ball;
  descend(
      levels_.size() - 1, 0, point, measure,
      [&](double furthest, const double*, std::size_t size) {
        if (!(furthest <= measure && furthest <= ball.furthest)) return false;
        ball.count += size;
        return true;
      },
      [&](std::size_t block) {
        const double* points = blocks_.data() + block * kBlock * dimension_;
        const auto measures = to_points<Norm, kBlock>(points, point, dimension_);
        ball.count += measures.count(measure);
        for (std::size_t i = 0; i < kBlock; ++i)
          if (measures[i] <= measure) ball.furthest = std::max(ball.furthest, measures[i]);
      });
  return ball;
}

template <class Norm>
void KdTree<Norm>::widths(const double* point, double measure, double* widths) const {
  std::fill(widths, widths + dimension_, 0.0);
  const auto widen = [&](std::size_t j, double x) {
    widths[j] = std::max(widths[j], std::abs(x - point[j]));
  };
  descend(
      levels_.size() - 1, 0, point, measure,
      [&](double furthest, const double* box, std::size_t) {
        if (!(furthest <= measure)) return false;
        for (std::size_t j = 0; j < dimension_; ++j, box += 2 * kParts) {
          widen(j, box[0]);
          widen(j, box[kParts]);
        }
        return true;
      },
      [&](std::size_t block) {
        const double* points = blocks_.data() + block * kBlock * dimension_;
        const auto measures = to_points<Norm, kBlock>(points, point, dimension_);
        for (std::size_t i = 0; i < kBlock; ++i)
          for (std::size_t j = 0; measures[i] <= measure && j < dimension_; ++j)
            widen(j, points[j * kBlock + i]);
      });
}

template class KdTree<MaximumNorm>;
template class KdTree<EuclideanNorm>;

}  // namespace saddle::info
