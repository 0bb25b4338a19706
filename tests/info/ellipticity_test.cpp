#include "info/ellipticity.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace saddle;
using info::ellipticity_score;

namespace {

constexpr std::size_t kPoints = 2000, kDimensions = 4;

// Correlated normals over the root of chi^2 / freedom: Student's law, Cauchy's at 1.
Matrix student(unsigned seed, double freedom) {
  std::mt19937_64 bits(seed);
  std::normal_distribution<double> normal;
  std::chi_squared_distribution<double> chi(freedom);
  Matrix points(kPoints, kDimensions);
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double scale = 1 / std::sqrt(chi(bits) / freedom), shared = normal(bits);
    for (std::size_t j = 0; j < kDimensions; ++j)
      points.row(i)[j] = scale * (0.8 * shared + 0.6 * normal(bits));
  }
  return points;
}

}  // namespace

TEST_CASE("Points of an elliptical law score as noise, whatever their tails") {
  for (const double freedom : {1.0, 2.0, 30.0}) {
    double sum = 0;
    for (unsigned seed = 0; seed < 10; ++seed) sum += ellipticity_score(student(seed, freedom));
    CAPTURE(freedom);
    // Ten scores of variance 1.
    CHECK(std::abs(sum / 10) < 4 / std::sqrt(10.0));
  }
}

TEST_CASE("A bend in a law of heavy tails shows") {
  Matrix points = student(1, 2);
  for (std::size_t i = 0; i < kPoints; ++i) points.row(i)[3] += 0.5 * std::abs(points.row(i)[0]);
  CHECK(ellipticity_score(points) > 10);
}
