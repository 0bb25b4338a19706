#include <saddle/base/error.hpp>
#include <saddle/base/random.hpp>
#include <saddle/info/neighbour_information.hpp>
#include <saddle/tensor/threads.hpp>

#include "error_text.hpp"
#include "info/golden_data.hpp"
#include "info/matrix_of.hpp"
#include "info/special.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::columns;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::mapped;
using saddle::testing::normals;
using saddle::testing::splitmix;

namespace {

using Estimator = std::function<Pointwise(const Matrix&, const Matrix&, const Neighbours&)>;

struct Labelled {
  const char* name;
  Estimator estimate;
};

const std::vector<Labelled> kEstimators = {
    {"KSG 1", ksg1},
    {"KSG 2", ksg2},
    {"mixed KSG", mixed_ksg},
    {"LNC", [](const Matrix& x, const Matrix& y, const Neighbours& options) {
       return lnc(x, y, options, 0.3);
     }}};

// Two numbers and one that leans on the first of them.
const Matrix kDraws = normals(splitmix(3, 400, 3));
const Matrix kX = columns(kDraws, 0, 2);
const Matrix kY = mapped(columns(kDraws, 0, 1), columns(kDraws, 2, 1),
                         [](double a, double b) { return 0.8 * a + 0.6 * b; });

Matrix reversed(const Matrix& of) {
  Matrix out = of;
  for (std::size_t i = 0; i < of.rows; ++i)
    std::copy(of.row(i), of.row(i) + of.columns, out.row(of.rows - 1 - i));
  return out;
}

// a x + b in each column, with another a.
Matrix rescaled(Matrix x) {
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.columns; ++j)
      x.row(i)[j] = x.row(i)[j] * (j == 0 ? 1024 : -0.125) + 3;
  return x;
}

Approx near(double value) { return Approx(value).margin(1e-12); }

}  // namespace

TEST_CASE("KSG 1 of five pairs by hand") {
  // Worked out in the tests of infomeasure as well.
  const Matrix x = line_of({1, 1.25, .91, 1.13, 1.32}), y = line_of({1.3, 1.1, .9, 1.2, 1});
  CHECK(ksg1(x, y, {1, false}).value == near(-1.0 / 60));
  const Matrix u = line_of({1.01, 1.23, .92, 1.14, 1.3}), v = line_of({1.3, 1.1, .9, 1.2, 1});
  CHECK(ksg1(u, v, {2, false}).value == near(13.0 / 60));
}

TEST_CASE("KSG 1 and 2 of three pairs by hand") {
  // psi(1) = -g, psi(2) = 1 - g, psi(3) = 3/2 - g. The nearest neighbours are 1, 0, 1, at 1, 1, 2.
  const Matrix x = line_of({0, 1, 3}), y = line_of({0, 0.5, 2});
  // Strictly nearer, with the point itself: 1, 1, 1 in x and 2, 2, 2 in y.
  CHECK(ksg1(x, y, {1, false}).value == near(3.0 / 2 - 1));
  // At most as far, without it: 1, 1, 1 in x and in y.
  CHECK(ksg2(x, y, {1, false}).value == near(3.0 / 2 - 1));
}

TEST_CASE("An estimate of information does not depend on scale, shift, order and side") {
  for (const Labelled& of : kEstimators) {
    INFO(of.name);
    const double value = of.estimate(kX, kY, {}).value;
    CHECK(value > 0.3);
    CHECK(of.estimate(rescaled(kX), rescaled(kY), {}).value == Approx(value).margin(1e-9));
    CHECK(of.estimate(reversed(kX), reversed(kY), {}).value == near(value));
    CHECK(of.estimate(kY, kX, {}).value == near(value));
  }
}

TEST_CASE("Without standardising, the scale of y decides what is near") {
  CHECK(std::abs(ksg1(kX, rescaled(kY), {3, false}).value - ksg1(kX, kY, {3, false}).value) > 0.01);
}

TEST_CASE("The number of threads changes no bit of an estimate") {
  for (const Labelled& of : kEstimators) {
    INFO(of.name);
    const Pointwise one = of.estimate(kX, kY, {});
    set_threads(3);
    const Pointwise three = of.estimate(kX, kY, {});
    set_threads(1);
    CHECK(one.value == three.value);
    CHECK(one.terms == three.terms);
  }
}

TEST_CASE("Independent samples have information near 0, and no clamp") {
  // 400 pairs: a standard error of about 0.05.
  const Matrix x = columns(kDraws, 0, 1), y = columns(kDraws, 1, 1);
  for (const Labelled& of : kEstimators) {
    INFO(of.name);
    CHECK(std::abs(of.estimate(x, y, {}).value) < 0.2);
  }
  // Four corners of a square: psi(1) + psi(4) - 2 psi(2).
  CHECK(ksg1(line_of({0, 0, 1, 1}), line_of({0, 1, 0, 1}), {1, false}).value == near(-1.0 / 6));
}

TEST_CASE("Information with a constant is 0") {
  const Matrix constant(400, 1);
  CHECK(ksg1(kX, constant).value == near(0));
  CHECK(mixed_ksg(kX, constant).value == near(std::log(400) - digamma(400)));
}

TEST_CASE("Conditioned on what both depend on, no information is left") {
  const Matrix z = columns(kDraws, 0, 1);
  const auto noisy = [&](std::size_t column) {
    return mapped(z, columns(kDraws, column, 1), [](double a, double b) { return a + 0.5 * b; });
  };
  CHECK(ksg1(noisy(1), noisy(2)).value > 0.1);
  CHECK(std::abs(conditional_ksg(noisy(1), noisy(2), z).value) < 0.1);
}

TEST_CASE("The correction finds what lies along a slope") {
  // y = x + 1e-4 u: of uniform x, I = -h(y - x) and a little, ln 1e4 = 9.21.
  const Matrix u = splitmix(5, 300, 2);
  const Matrix x = columns(u, 0, 1);
  const Matrix y =
      mapped(x, columns(u, 1, 1), [](double a, double b) { return a + 1e-4 * (b - 0.5); });
  CHECK(ksg2(x, y, {5, false}).value < 5.5);
  CHECK(lnc(x, y, {5, false}, 0.3).value == Approx(std::log(1e4)).margin(0.3));
}

TEST_CASE("What cannot be estimated from is refused") {
  const Matrix four = line_of({1, 2, 3, 4}), three = line_of({1, 2, 3});
  CHECK(error_text<DataError>([&] { ksg1(four, three); }) ==
        "KSG 1 takes x and y in pairs: there are 4 rows of x and 3 of y.");
  CHECK(error_text<DataError>([&] { ksg2(three, three); }) ==
        "KSG 2 needs more than k = 3 points: there are 3.");
  CHECK(error_text<SpecError>([&] {
          ksg1(four, four, {0, true});
        }) == "KSG 1 needs k of 1 or more: it is 0.");
  CHECK(error_text<DataError>([&] { mixed_ksg(four, Matrix(4, 0)); }) ==
        "mixed KSG needs points of one dimension or more: y has no columns.");
  CHECK(error_text<DataError>([&] {
          ksg1(four, line_of({1, 2, NAN, 4}));
        }) == "KSG 1 needs finite numbers: y has nan in row 2, column 0. Leave such rows out.");
  CHECK(error_text<DataError>([&] { conditional_ksg(four, four, three); }) ==
        "conditional KSG takes x and z in pairs: there are 4 rows of x and 3 of z.");
  CHECK(error_text<DataError>([&] {
          conditional_ksg(four, four, line_of({1, 2, -INFINITY, 4}));
        }) ==
        "conditional KSG needs finite numbers: z has -inf in row 2, column 0. Leave such rows "
        "out.");
}

TEST_CASE("The correction wants a known threshold and enough neighbours") {
  CHECK(error_text<SpecError>([] {
          lnc(kX, kY, {2, true}, 0.3);
        }) == "LNC needs k of at least the dimensions of x and y together, 3: it is 2.");
  CHECK(error_text<SpecError>([] {
          lnc(kX, kY, {5, true}, 1.5);
        }) == "LNC needs alpha in (0, 1]: it is 1.5.");
}

TEST_CASE("Equal points alone give values, not a crash") {
  const Matrix same(50, 1);
  CHECK(mixed_ksg(same, same).value == near(std::log(50) - digamma(50)));
  for (const Labelled& of : kEstimators) CHECK(std::isfinite(of.estimate(same, same, {}).value));
  // Minutes, were each point looked at from each.
  const Matrix many(200000, 1);
  CHECK(mixed_ksg(many, many).value == near(std::log(200000) - digamma(200000)));
}

TEST_CASE("A label in many dimensions is told by neighbours of the same label") {
  // 300 points of 30 dimensions, of two labels that lie four deviations apart in each.
  const std::size_t n = 300, d = 30;
  Matrix points(n, d), column(n, 1);
  std::vector<std::size_t> labels(n);
  const saddle::RandomStream stream(1, "points");
  for (std::size_t i = 0; i < n; ++i) {
    labels[i] = i % 2;
    column.row(i)[0] = static_cast<double>(labels[i]);
    stream.normals(static_cast<std::uint32_t>(i), d, points.row(i));
    for (std::size_t j = 0; j < d; ++j) points.row(i)[j] += 4 * column.row(i)[0];
  }
  CHECK(label_ksg(labels, points).value == Approx(std::log(2)).margin(0.02));
  // The same points without the distance know nothing of it.
  for (std::size_t i = 0; i < n; ++i)
    stream.normals(static_cast<std::uint32_t>(i), d, points.row(i));
  CHECK(std::abs(label_ksg(labels, points).value) < 0.1);
}

TEST_CASE("Labels of points on a line have Ross's value, and otherwise the mixed estimator's") {
  const Matrix y = line_of({0, 1, 2.5, 10, 11.5, 13});
  Matrix x = line_of({0, 0, 0, 1000, 1000, 1000});
  CHECK(label_ksg({0, 0, 0, 1, 1, 1}, y, {1, false}).value ==
        Approx(mixed_ksg(x, y, {1, false}).value + digamma(6) - std::log(6)).epsilon(1e-14));
  // psi(6) + psi(1) - psi(3) - <psi(m)>: each point has its neighbour of the same label, and m
  // holds those strictly nearer, the point itself alone.
  CHECK(label_ksg({0, 0, 0, 1, 1, 1}, y, {1, false}).value ==
        Approx(digamma(6) + digamma(1) - digamma(3) - digamma(1)));
}
