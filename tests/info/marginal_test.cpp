#include "info/marginal.hpp"

#include "info/golden_data.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::line_of;
using saddle::testing::splitmix;

TEST_CASE("Numbers are counted with those at the distance, or strictly nearer") {
  const Marginal of(line_of({5, 1, 3, 3, 2}));
  const double three = 3, nine = 9;
  CHECK(of.count(&three, 0) == 2);
  CHECK(of.count(&three, 1) == 3);
  CHECK(of.count(&three, 2) == 5);
  CHECK(of.count(&three, below(2)) == 3);
  CHECK(of.count(&three, below(0)) == 0);
  CHECK(of.count(&nine, 3) == 0);
  CHECK(of.count(&nine, 4) == 1);
  CHECK(Marginal(line_of({3})).count(&three, 0) == 1);
}

TEST_CASE("Numbers are counted as a tree counts them, at distances that rounding decides") {
  Matrix numbers = splitmix(1, 300, 1);
  for (double& x : numbers.values) x = std::round(x * 100) * 0.1;
  const Marginal of(numbers);
  const KdTree<MaximumNorm> tree(numbers);
  for (std::size_t i = 0; i < 300; ++i)
    for (std::size_t j = 0; j < 300; j += 7) {
      const double distance = std::abs(numbers.values[i] - numbers.values[j]);
      for (const double most : {distance, below(distance)})
        if (of.count(numbers.row(i), most) != tree.count(numbers.row(i), most))
          FAIL(numbers.values[i] << " within " << most);
    }
}
