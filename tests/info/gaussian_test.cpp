#include <saddle/base/error.hpp>
#include <saddle/base/random.hpp>
#include <saddle/info/gaussian.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

namespace {

constexpr double kEuler = 0.57721566490153286061;
const double kLog2Pi = std::log(2 * std::acos(-1.0));

// Mean 0 and a scaled identity.
Moments isotropic(std::size_t d, double variance) {
  Moments m{std::vector<double>(d), Matrix(d, d)};
  for (std::size_t j = 0; j < d; ++j) m.covariance.row(j)[j] = variance;
  return m;
}

// Points of independent N(0, 1).
Matrix normals(std::size_t n, std::size_t d, std::int64_t draw) {
  const RandomStream stream = RandomStream(1, "test/gaussian").at(draw);
  Matrix points(n, d);
  for (std::size_t i = 0; i < n; ++i)
    stream.normals(static_cast<std::uint32_t>(i), d, points.row(i));
  return points;
}

// The mean of an estimate over draws, less its expected value, in standard errors.
template <class Draw>
double deviation(int draws, double expected, const Draw& draw) {
  double sum = 0, squares = 0;
  for (int i = 0; i < draws; ++i) {
    const double value = draw(i) - expected;
    sum += value;
    squares += value * value;
  }
  const double mean = sum / draws;
  return mean / std::sqrt((squares / draws - mean * mean) / draws);
}

}  // namespace

TEST_CASE("The entropy of a Gaussian is d / 2 (1 + ln 2 pi) plus half the ln det") {
  CHECK(gaussian_entropy(isotropic(1, 1).covariance) == Approx(1.418938533).epsilon(1e-9));
  CHECK(gaussian_entropy(matrix_of({{4, 0}, {0, 9}})) ==
        Approx(1 + kLog2Pi + std::log(6)).epsilon(1e-14));
  CHECK(gaussian_entropy(matrix_of({{1, 0.6}, {0.6, 1}})) ==
        Approx(1 + kLog2Pi + std::log(0.8)).epsilon(1e-14));
  CHECK(gaussian_entropy(matrix_of({{1, 1}, {1, 1}})) == -INFINITY);
}

TEST_CASE("KL between Gaussians has its closed form in both directions") {
  CHECK(gaussian_kl(isotropic(1, 1), isotropic(1, 4)) == Approx(0.318147).margin(5e-7));
  CHECK(gaussian_kl(isotropic(1, 4), isotropic(1, 1)) == Approx(0.806853).margin(5e-7));
  Moments shifted = isotropic(3, 1);
  shifted.mean = {1, 0, 0};
  CHECK(gaussian_kl(shifted, isotropic(3, 1)) == Approx(0.5).epsilon(1e-14));
  const Moments correlated{{0, 0}, matrix_of({{1, 0.6}, {0.6, 1}})};
  CHECK(gaussian_kl(correlated, isotropic(2, 1)) == Approx(-std::log(0.8)).epsilon(1e-13));
  // tr of the inverse is 2 / 0.64.
  CHECK(gaussian_kl(isotropic(2, 1), correlated) ==
        Approx(1 / 0.64 - 1 + std::log(0.8)).epsilon(1e-13));
  const Moments flat{{0, 0}, matrix_of({{1, 0}, {0, 0}})};
  CHECK(gaussian_kl(flat, isotropic(2, 1)) == INFINITY);
  CHECK(gaussian_kl(isotropic(2, 1), flat) == INFINITY);
  CHECK(std::isnan(gaussian_kl(flat, flat)));
}

TEST_CASE("The information of a Gaussian pair is -ln(1 - rho^2) / 2") {
  CHECK(gaussian_information(matrix_of({{1, 0.75}, {0.75, 1}}), 1) ==
        Approx(0.413339).margin(5e-7));
  // In any units, however far apart.
  CHECK(gaussian_information(matrix_of({{1e-16, 0.75}, {0.75, 1e16}}), 1) ==
        Approx(0.413339).margin(5e-7));
  CHECK(gaussian_information(matrix_of({{1, 1}, {1, 1}}), 1) == INFINITY);
  CHECK(std::isnan(gaussian_information(matrix_of({{0, 0}, {0, 1}}), 1)));
}

TEST_CASE("The estimate from two points corrects their ln det by psi(1 / 2)") {
  // Variance 2; psi(1 / 2) = -gamma - 2 ln 2, and the other term is ln 2.
  const double ln_variance = std::log(2) - (-kEuler - 2 * std::log(2)) - std::log(2);
  CHECK(gaussian_entropy_estimate(line_of({0, 2})) ==
        Approx((1 + kLog2Pi + ln_variance) / 2).epsilon(1e-13));
}

TEST_CASE("Estimates from few Gaussian points have no bias") {
  // Uncorrected, the first would be off by 4 / 24, some 40 standard errors.
  CHECK(std::abs(deviation(2000, 0, [](int i) {
          return gaussian_information_estimate(normals(12, 2, 2 * i), normals(12, 2, 2 * i + 1));
        })) < 3);
  CHECK(std::abs(deviation(2000, 1.5 * (1 + kLog2Pi),
                           [](int i) { return gaussian_entropy_estimate(normals(8, 3, i)); })) < 3);
  CHECK(std::abs(deviation(2000, 0, [](int i) {
          return gaussian_kl_estimate(normals(10, 2, 2 * i), normals(12, 2, 2 * i + 1));
        })) < 3);
}

TEST_CASE("A Gaussian estimate of the information ignores scale, shift, order and direction") {
  Matrix x = normals(50, 2, 1), y = normals(50, 1, 2);
  for (std::size_t i = 0; i < 50; ++i) y.row(i)[0] += x.row(i)[0];
  const double value = gaussian_information_estimate(x, y);
  CHECK(gaussian_information_estimate(y, x) == Approx(value).epsilon(1e-12));
  for (std::size_t i = 0; i < 50; ++i) y.row(i)[0] = 10 - 1e-3 * y.row(i)[0];
  CHECK(gaussian_information_estimate(x, y) == Approx(value).epsilon(1e-9));
  Matrix turned_x = x, turned_y = y;
  for (std::size_t i = 0; i < 50; ++i) {
    std::copy_n(x.row(i), 2, turned_x.row(49 - i));
    std::copy_n(y.row(i), 1, turned_y.row(49 - i));
  }
  CHECK(gaussian_information_estimate(turned_x, turned_y) == Approx(value).epsilon(1e-9));
}

TEST_CASE("The copula's information depends on the ranks alone") {
  const Matrix x = line_of({1, 2, 3, 4, 5, 6}), y = line_of({2, 1, 4, 3, 6, 5});
  const double value = gaussian_copula_information(x, y);
  CHECK(gaussian_copula_information(line_of({1, 10, 100, 1e3, 1e4, 1e5}), y) == value);
  CHECK(gaussian_copula_information(y, x) == Approx(value).epsilon(1e-12));
  // Three equal values share the middle rank, which is that of the median.
  CHECK(gaussian_copula_information(line_of({1, 5, 5, 5, 9}), line_of({1, 2, 3, 4, 6})) ==
        gaussian_copula_information(line_of({0, 2, 2, 2, 3}), line_of({1, 2, 3, 4, 6})));
}

TEST_CASE("The copula's information is that of the quantiles r / (n + 1)") {
  // Of three pairs the quantiles are -q, 0 and q, so that rho is 1 / 2 for orders that differ by
  // one exchange; psi((3 - 1) / 2) - psi((3 - 2) / 2) = 2 ln 2.
  CHECK(gaussian_copula_information(line_of({7, 8, 9}), line_of({1, 3, 2})) ==
        Approx(-std::log(0.75) / 2 - std::log(2)).epsilon(1e-13));
}

TEST_CASE("Too few points for their dimensions have no Gaussian estimate") {
  CHECK(std::isnan(gaussian_entropy_estimate(normals(3, 3, 1))));
  CHECK(std::isnan(gaussian_information_estimate(normals(3, 1, 1), normals(3, 2, 2))));
  CHECK(std::isnan(gaussian_kl_estimate(normals(9, 2, 1), normals(4, 2, 2))));
  CHECK(error_text<PluginError>([] {
          gaussian_information_estimate(line_of({1, 2}), line_of({1}));
        }) == "mutual information needs pairs: there are 2 of x and 1 of y.");
}
