#include <saddle/info/elliptical_copula.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace saddle;
using info::EllipticalCopula;

namespace {

constexpr double kGaussian = std::numeric_limits<double>::infinity();

Matrix column(const std::vector<double>& values) {
  Matrix made(values.size(), 1);
  made.values = values;
  return made;
}

// Signs that agree three times in four: a correlation of 1 / 2 in 400 pairs.
struct Signs {
  Matrix x{400, 1}, y{400, 1};
  Signs() {
    for (std::size_t i = 0; i < 400; ++i) {
      x.row(i)[0] = i % 2 == 0 ? 1 : -1;
      y.row(i)[0] = i % 8 < 6 ? x.row(i)[0] : -x.row(i)[0];
    }
  }
};

// ln of the density of Student's t of d dimensions at a squared length, ln det R left out.
double log_student(double freedom, double d, double square) {
  return std::lgamma((freedom + d) / 2) - std::lgamma(freedom / 2) -
         d / 2 * std::log(freedom * std::acos(-1.0)) -
         (freedom + d) / 2 * std::log1p(square / freedom);
}

}  // namespace

TEST_CASE("A Gaussian copula's log ratio is that of two correlated normals") {
  const Signs signs;
  const EllipticalCopula copula(signs.x, signs.y, kGaussian);
  REQUIRE(copula.correlations().size() == 1);
  const double rho = copula.correlations()[0];
  // The bias that fitting one correlation to 400 pairs gives its square is about 1 / 400.
  CHECK(rho == Approx(0.5).margin(0.005));
  const Matrix ratios = copula.log_ratios(column({0, 2}), column({0, 1, -1}));
  const auto expected = [&](double x, double y) {
    return -std::log(1 - rho * rho) / 2 -
           (rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * (1 - rho * rho));
  };
  CHECK(ratios.row(0)[0] == Approx(expected(0, 0)));
  CHECK(ratios.row(1)[1] == Approx(expected(2, 1)));
  CHECK(ratios.row(1)[2] == Approx(expected(2, -1)));
}

TEST_CASE("A Student copula's log ratio is the joint density over those of its parts") {
  const Signs signs;
  const EllipticalCopula copula(signs.x, signs.y, 2);
  const double rho = copula.correlations().at(0), x = 2, y = -1;
  const double joint = (x * x - 2 * rho * x * y + y * y) / (1 - rho * rho);
  CHECK(copula.log_ratios(column({x}), column({y})).values[0] ==
        Approx(log_student(2, 2, joint) - std::log(1 - rho * rho) / 2 - log_student(2, 1, x * x) -
               log_student(2, 1, y * y)));
}

TEST_CASE("Correlations that the pairs cannot tell from noise do not stay") {
  Signs signs;
  for (std::size_t i = 0; i < 400; ++i) signs.y.row(i)[0] = i % 4 < 2 ? 1 : -1;
  const EllipticalCopula copula(signs.x, signs.y, kGaussian);
  CHECK(copula.correlations().empty());
  CHECK(copula.log_ratios(column({3}), column({-2})).values[0] == 0);
  // More columns than rows: nothing can be told.
  CHECK(EllipticalCopula(Matrix(3, 4), Matrix(3, 4), kGaussian).correlations().empty());
}

TEST_CASE("Two columns of y that tell x apart give one canonical correlation") {
  // y = (x + e, x - e) / sqrt 2 with e independent of x: x follows from y.
  Matrix x(400, 1), y(400, 2);
  for (std::size_t i = 0; i < 400; ++i) {
    const double e = i % 4 < 2 ? 1 : -1;
    x.row(i)[0] = i % 2 == 0 ? 1 : -1;
    y.row(i)[0] = x.row(i)[0] + e;
    y.row(i)[1] = x.row(i)[0] - e;
  }
  const EllipticalCopula copula(x, y, kGaussian);
  REQUIRE(copula.correlations().size() == 1);
  CHECK(copula.correlations()[0] == Approx(1));
}

TEST_CASE("Pairs drawn from the fitted law have the mean log ratio of it") {
  const Signs signs;
  const RandomStream stream(1, "test");
  for (const double freedom : {kGaussian, 3.0}) {
    const EllipticalCopula copula(signs.x, signs.y, freedom);
    const double rho = copula.correlations().at(0);
    const Matrix ratios = copula.simulated_log_ratios(2000, stream);
    double mean = 0, square = 0, elsewhere = 0;
    for (std::size_t i = 0; i < 2000; ++i) {
      const double ratio = ratios.row(i)[i];
      mean += ratio / 2000;
      square += ratio * ratio / 2000;
      for (std::size_t j = 0; j < 2000; ++j)
        if (i != j) elsewhere += std::exp(ratios.row(i)[j]) / (2000.0 * 1999);
    }
    const double error = std::sqrt((square - mean * mean) / 2000);
    // What the parts of a Student law of no correlation know of each other: 1 x 1, nu = 3.
    const double of_tails = std::isinf(freedom) ? 0 : 0.04241141065;
    CHECK(mean == Approx(-std::log(1 - rho * rho) / 2 + of_tails).margin(4 * error));
    // p(x, y) / p(x) p(y) has mean 1 over pairs drawn apart.
    CHECK(elsewhere == Approx(1).margin(0.1));
  }
}
