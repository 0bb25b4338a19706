#include "info/joint_moments.hpp"

#include <saddle/base/random.hpp>
#include <saddle/info/rank_scores.hpp>
#include <saddle/info/tails.hpp>

#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::joint_moments_score;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

namespace {

// n points of `of(four normals, row)`.
template <class Of>
Matrix points(std::size_t n, std::int64_t draw, const Of& of) {
  const RandomStream stream = RandomStream(1, "test/joint-moments").at(draw);
  Matrix made(n, 2);
  for (std::size_t i = 0; i < n; ++i) {
    double z[4];
    stream.normals(static_cast<std::uint32_t>(i), 4, z);
    of(z, made.row(i));
  }
  return made;
}

}  // namespace

TEST_CASE("The score of numbers on a line is that of their skewness") {
  // By n the deviations -1 (three times) and 3 have variance 3 and skewness 6 / 3^1.5, squared 4/3;
  // of norm 1 and times n: 4 * 4/3 / 6, less 1, over the root of 2.
  CHECK(joint_moments_score(line_of({0, 0, 0, 4})) ==
        Approx((16.0 / 18 - 1) / std::sqrt(2)).epsilon(1e-13));
}

TEST_CASE("The score of the corners of a square is that of its products of two squares alone") {
  // Every w is 1 or -1: h_2 = 0, h_3 = -2 w / sqrt(6); all means vanish. K = 7.
  CHECK(joint_moments_score(matrix_of({{1, 1}, {1, -1}, {-1, 1}, {-1, -1}})) ==
        Approx(-7 / std::sqrt(14)).epsilon(1e-13));
  CHECK(std::isnan(joint_moments_score(matrix_of({{1, 1}, {2, 2}, {4, 4}}))));
}

TEST_CASE("The score of Gaussian points has the mean and the variance of chi^2, in any units") {
  double sum = 0, squares = 0;
  constexpr int kDraws = 200;
  for (int draw = 0; draw < kDraws; ++draw) {
    const double score = joint_moments_score(points(1000, draw, [](const double* z, double* row) {
      row[0] = 1e3 * z[0];
      row[1] = 5 + 0.8 * z[0] + 0.6 * z[1];
    }));
    sum += score;
    squares += score * score;
  }
  // Of 200 draws the mean errs by 1 / sqrt(200); the variance of chi^2_7's square is larger.
  CHECK(sum / kDraws == Approx(0).margin(3 / std::sqrt(kDraws)));
  CHECK(squares / kDraws == Approx(1).margin(3 * std::sqrt((2 + 12.0 / 7) / kDraws)));
}

TEST_CASE("The score sees a dependence whose fourth moments cancel in Mardia's") {
  // A uniform number and the same with uniform noise, as normal scores.
  Matrix sums(2000, 2);
  const RandomStream stream(1, "test/joint-moments/sums");
  for (std::uint32_t i = 0; i < 2000; ++i) {
    double u[2];
    stream.uniforms(i, 2, u);
    sums.row(i)[0] = u[0];
    sums.row(i)[1] = u[0] + 1.5 * u[1];
  }
  const Matrix scores = info::rank_scores(sums);
  CHECK(std::abs(info::mardia_score(scores)) < 4);
  CHECK(joint_moments_score(scores) > 20);
}
