#include <saddle/base/error.hpp>
#include <saddle/info/neighbours.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::duplicate_fraction;
using info::standardised;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

TEST_CASE("Standardised columns have mean 0 and variance 1, constant ones become 0") {
  // Means 3 and 0.1, variances 4 and 0.
  const Matrix found = standardised(matrix_of({{1, 0.1}, {5, 0.1}, {1, 0.1}, {5, 0.1}}));
  CHECK(found.values == std::vector<double>{-1, 0, 1, 0, -1, 0, 1, 0});
  CHECK(standardised(Matrix(0, 3)).rows == 0);
}

TEST_CASE("A column whose variance no double holds is not standardised") {
  CHECK(error_text<DataError>([] {
          standardised(matrix_of({{1, 0}, {2, 1e200}}));
        }) ==
        "column 1 cannot be standardised: the square of its spread of 1e+200 is beyond double "
        "precision. Rescale it.");
  CHECK(error_text<DataError>([] {
          standardised(line_of({0, 1e-200}));
        }) ==
        "column 0 cannot be standardised: the square of its spread of 1e-200 is beyond double "
        "precision. Rescale it.");
}

TEST_CASE("Duplicates are the points that coincide with another one") {
  CHECK(duplicate_fraction(line_of({1, 2, 3})) == 0);
  CHECK(duplicate_fraction(line_of({1, 2, 1, 3})) == 0.5);
  CHECK(duplicate_fraction(line_of({7, 7, 7})) == 1);
  CHECK(duplicate_fraction(matrix_of({{1, 2}, {2, 1}, {1, 1}, {2, 1}})) == 0.5);
  CHECK(duplicate_fraction(line_of({0.0, -0.0})) == 1);
  CHECK(std::isnan(duplicate_fraction(line_of({}))));
  CHECK(std::isnan(duplicate_fraction(line_of({1, NAN}))));
}
