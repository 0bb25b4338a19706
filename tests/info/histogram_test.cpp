#include <saddle/base/error.hpp>
#include <saddle/info/histogram.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace saddle;
using info::Axis;
using info::entropy;
using info::Histogram;
using info::kl_divergence;
using saddle::testing::error_text;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Histogram of(const Axis& axis, const std::vector<double>& points) {
  Histogram histogram({axis});
  for (const double x : points) histogram.add(&x);
  return histogram;
}

std::string complaint(const std::vector<Axis>& axes) {
  return error_text<SpecError>([&] { Histogram histogram(axes); });
}

}  // namespace

TEST_CASE("A bin holds its lower edge, and the last one its upper edge too") {
  const Histogram h = of({0, 3, 3}, {0, 0.5, 1, 1.5, 2, 2.5, 3});
  CHECK(h.counts() == std::vector<double>{2, 2, 3});
  CHECK(h.outside() == 0);
  CHECK(h.total() == 7);
}

TEST_CASE("Points outside of the bins are counted apart, NaN among them") {
  const Histogram h = of({-1, 1, 2}, {-1.001, 1.001, kInfinity, -kInfinity, kNan, -0.5});
  CHECK(h.counts() == std::vector<double>{1, 0});
  CHECK(h.outside() == 5);
  CHECK(h.total() == 6);
}

TEST_CASE("A point on an edge that rounding blurs lies in the bin above") {
  // For some of these k the quotient rounds to the wrong side.
  for (std::size_t k = 0; k < 10; ++k) {
    const double edge = 0.1 + (0.8 - 0.1) * (static_cast<double>(k) / 10);
    std::vector<double> expected(10);
    expected[k] = 1;
    CHECK(of({0.1, 0.8, 10}, {edge}).counts() == expected);
    if (k == 0) continue;
    std::swap(expected[k], expected[k - 1]);
    CHECK(of({0.1, 0.8, 10}, {std::nextafter(edge, 0)}).counts() == expected);
  }
}

TEST_CASE("In several dimensions the last axis runs fastest") {
  Histogram h({{0, 2, 2}, {0, 3, 3}});
  for (const auto& [x, y] : {std::pair{0.5, 2.5}, {1.5, 0.5}, {1.5, 0.6}, {0.5, 3.5}}) {
    const double point[] = {x, y};
    h.add(point);
  }
  CHECK(h.counts() == std::vector<double>{0, 0, 1, 2, 0, 0});
  CHECK(h.outside() == 1);
}

TEST_CASE("Bins that cannot be are refused") {
  CHECK(complaint({{0, 1, 1}, {2, 2, 5}}) ==
        "histogram: axis 1: expected finite limits with low below high, found low 2 and high 2.");
  CHECK(complaint({{0, kInfinity, 5}}) ==
        "histogram: axis 0: expected finite limits with low below high, found low 0 and high "
        ".inf.");
  CHECK(complaint({{kNan, 1, 5}}) ==
        "histogram: axis 0: expected finite limits with low below high, found low .nan and high "
        "1.");
  CHECK(complaint({{0, 1, 0}}) == "histogram: axis 0: expected at least one bin, found none.");
  const std::string too_many =
      "histogram: its axes have more than 10000000 bins together. Take fewer along each.";
  CHECK(complaint({{0, 1, 10000001}}) == too_many);
  // The product is 2^64, which wraps around to 0.
  CHECK(complaint({{0, 1, std::size_t{1} << 32}, {0, 1, std::size_t{1} << 32}}) == too_many);
  CHECK(complaint({{0, 1, 4000}, {0, 1, 2500}}) == "(no error)");
}

TEST_CASE("Entropy of counts is that of their frequencies, in nats") {
  CHECK(entropy({5, 5, 5, 5}) == Approx(std::log(4)).epsilon(1e-14));
  CHECK(entropy({0, 7, 0}) == 0);
  CHECK(entropy({2, 1, 1}) == Approx(1.5 * std::log(2)).epsilon(1e-14));
  CHECK(entropy({0.5, 0.25, 0.25}) == Approx(1.5 * std::log(2)).epsilon(1e-14));
  // BSC noise 0.11: ln 2 less a capacity of 0.346632.
  CHECK(entropy({89, 11}) == Approx(std::log(2) - 0.346632).margin(1e-6));
  CHECK(std::isnan(entropy({0, 0})));
  CHECK(std::isnan(entropy({})));
}

TEST_CASE("KL of counts has its closed form, and 0 ln 0 is 0") {
  CHECK(kl_divergence({1, 3}, {2, 2}) ==
        Approx(0.25 * std::log(0.5) + 0.75 * std::log(1.5)).epsilon(1e-14));
  // Only the proportions matter: KL(mode 0 alone || uniform over 8) is ln 8.
  CHECK(kl_divergence({9, 0, 0, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1, 1, 1}) ==
        Approx(std::log(8)).epsilon(1e-14));
  CHECK(kl_divergence({3, 1, 0}, {6, 2, 0}) == Approx(0).margin(1e-15));
  CHECK(kl_divergence({0, 4}, {1, 3}) == Approx(std::log(4.0 / 3)).epsilon(1e-14));
}

TEST_CASE("KL is infinite where q is empty and p is not, unless smoothing is stated") {
  CHECK(kl_divergence({1, 1}, {2, 0}) == kInfinity);
  // (1.5, 1.5) / 3 against (2.5, 0.5) / 3.
  CHECK(kl_divergence({1, 1}, {2, 0}, 0.5) ==
        Approx(0.5 * std::log(0.6) + 0.5 * std::log(3)).epsilon(1e-14));
  CHECK(kl_divergence({0, 0}, {2, 0}, 1) ==
        Approx(0.5 * std::log(2.0 / 3) + 0.5 * std::log(2)).epsilon(1e-14));
}

TEST_CASE("KL of nothing is not defined, and of other bins refused") {
  CHECK(std::isnan(kl_divergence({0, 0}, {1, 1})));
  CHECK(std::isnan(kl_divergence({1, 1}, {0, 0})));
  CHECK(error_text<PluginError>([] {
          kl_divergence({1, 2}, {1, 2, 3});
        }) == "KL(p || q) needs counts of the same bins: p has 2, q has 3.");
}
