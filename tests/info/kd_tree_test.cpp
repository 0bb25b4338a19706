#include "info/kd_tree.hpp"

#include "info/golden_data.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::line_of;
using saddle::testing::splitmix;

namespace {

double measure(MaximumNorm, const double* a, const double* b, std::size_t d) {
  double largest = 0;
  for (std::size_t j = 0; j < d; ++j) largest = std::max(largest, std::abs(a[j] - b[j]));
  return largest;
}

double measure(EuclideanNorm, const double* a, const double* b, std::size_t d) {
  double sum = 0;
  for (std::size_t j = 0; j < d; ++j) sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

// Points on a grid of `steps` a side, so that many distances are equal and all are exact.
Matrix grid(std::uint64_t seed, std::size_t n, std::size_t d, double steps) {
  Matrix points = splitmix(seed, n, d);
  for (double& x : points.values) x = std::floor(x * steps);
  return points;
}

template <class Norm>
void check_queries(const KdTree<Norm>& tree, const Matrix& points, const double* from) {
  const std::size_t n = points.rows, d = points.columns, k = std::min<std::size_t>(n, 7);
  std::vector<double> sorted;
  for (std::size_t i = 0; i < n; ++i) sorted.push_back(measure(Norm{}, from, points.row(i), d));
  std::sort(sorted.begin(), sorted.end());
  std::vector<Neighbour> found;
  tree.nearest(from, k, found);
  REQUIRE(found.size() == k);
  for (std::size_t i = 0; i < k; ++i) {
    CHECK(found[i].measure == sorted[i]);
    CHECK(measure(Norm{}, from, points.row(found[i].row), d) == sorted[i]);
  }
  for (const double most : {-1.0, 0.0, sorted[k - 1], sorted[n / 2], sorted[n - 1]}) {
    const auto end = std::upper_bound(sorted.begin(), sorted.end(), most);
    const auto count = static_cast<std::size_t>(end - sorted.begin());
    CHECK(tree.count(from, most) == count);
    const Ball ball = tree.ball(from, most);
    CHECK(ball.count == count);
    CHECK(ball.furthest == (count == 0 ? 0 : sorted[count - 1]));
    std::vector<double> expected(d), widths(d, -1);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; measure(Norm{}, from, points.row(i), d) <= most && j < d; ++j)
        expected[j] = std::max(expected[j], std::abs(from[j] - points.row(i)[j]));
    tree.widths(from, most, widths.data());
    CHECK(widths == expected);
  }
}

template <class Norm>
void check_tree(std::size_t n, std::size_t d, double steps) {
  INFO(n << " points in " << d << " dimensions on a grid of " << steps);
  const Matrix points = grid(n, n, d, steps), others = grid(n + 1, 3, d, 2 * steps);
  const KdTree<Norm> tree(points);
  for (std::size_t i = 0; i < n; i += 1 + n / 5) check_queries(tree, points, points.row(i));
  for (std::size_t i = 0; i < others.rows; ++i) check_queries(tree, points, others.row(i));
}

}  // namespace

TEST_CASE("The tree finds and counts what a look at every point finds, ties included") {
  // Around the sizes of a block, a node and two levels of them.
  for (const std::size_t n : {1u, 2u, 15u, 16u, 17u, 127u, 128u, 129u, 1025u, 1500u})
    for (const std::size_t d : {1u, 2u, 3u, 5u, 9u})
      for (const double steps : {2.0, 50.0}) {
        check_tree<MaximumNorm>(n, d, steps);
        check_tree<EuclideanNorm>(n, d, steps);
      }
}

TEST_CASE("The order of a tree has every row once") {
  const Matrix points = splitmix(1, 300, 2);
  std::vector<std::size_t> order = KdTree<MaximumNorm>(points).order();
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(order[i] == i);
}

TEST_CASE("A distance beyond the largest double is infinite and further than any") {
  const Matrix points = line_of({-1.7e308, 1.7e308, 1.6e308});
  const KdTree<MaximumNorm> tree(points);
  std::vector<Neighbour> found;
  tree.nearest(points.row(0), 2, found);
  CHECK(found[0].measure == 0);
  CHECK(std::isinf(found[1].measure));
  CHECK(tree.count(points.row(0), 1.7e308) == 1);
  CHECK(tree.count(points.row(1), 1.7e308) == 2);
}
