#include <saddle/base/error.hpp>
#include <saddle/info/histogram.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using saddle::testing::error_text;

TEST_CASE("The entropy of labels is that of their frequencies") {
  CHECK(info::label_entropy({3, 3, 3}) == 0);
  CHECK(info::label_entropy({0, 7, 0, 7}) == Approx(std::log(2)));
  CHECK(std::isnan(info::label_entropy({})));
}

TEST_CASE("Mutual information of labels: a copy tells all, independence nothing") {
  CHECK(info::mutual_information({0, 1, 2, 3}, {5, 9, 7, 8}) == Approx(std::log(4)));
  CHECK(info::mutual_information({0, 0, 1, 1}, {0, 1, 0, 1}) == Approx(0).margin(1e-15));
  // A binary symmetric channel with a flip in 1 of 10 pairs: ln 2 - H(0.1).
  std::vector<std::size_t> a, b;
  for (std::size_t i = 0; i < 20; ++i) {
    a.push_back(i % 2);
    b.push_back(i < 2 ? 1 - i % 2 : i % 2);
  }
  const double flip = -0.1 * std::log(0.1) - 0.9 * std::log(0.9);
  CHECK(info::mutual_information(a, b) == Approx(std::log(2) - flip));
  CHECK(error_text<PluginError>([] {
          info::mutual_information({1}, {1, 2});
        }) == "I(a; b) needs pairs: there are 1 of a and 2 of b.");
}

TEST_CASE("Jensen-Shannon is ln 2 for disjoint counts, 0 for equal shares, and symmetric") {
  CHECK(info::jensen_shannon({1, 0}, {0, 5}) == Approx(std::log(2)));
  CHECK(info::jensen_shannon({1, 3}, {2, 6}) == Approx(0).margin(1e-15));
  // p = (1/2, 1/2), q = (1/4, 3/4), m = (3/8, 5/8).
  const double expected = (0.5 * std::log(4.0 / 3) + 0.5 * std::log(0.8) +
                           0.25 * std::log(2.0 / 3) + 0.75 * std::log(1.2)) /
                          2;
  CHECK(info::jensen_shannon({2, 2}, {1, 3}) == Approx(expected));
  CHECK(info::jensen_shannon({1, 3}, {2, 2}) == Approx(expected));
  CHECK(error_text<PluginError>([] {
          info::jensen_shannon({1}, {1, 2});
        }) == "JS(p, q) needs counts of the same bins: p has 1, q has 2.");
}
