#include <saddle/base/error.hpp>
#include <saddle/info/discrete.hpp>
#include <saddle/info/histogram.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::error_text;

namespace {

constexpr double kEuler = 0.57721566490153286061;
const double kLn2 = std::log(2);

// Counts of 500 draws over 20 symbols; the values beside them come from numpy and scipy.
const std::vector<double> kCounts = {185, 40, 27, 27, 28, 27, 21, 20, 16, 15,
                                     11,  8,  15, 16, 9,  9,  6,  7,  9,  4};

}  // namespace

TEST_CASE("Entropies of counts agree with their reference values") {
  CHECK(entropy(kCounts) == Approx(2.4153000399).margin(1e-9));
  CHECK(miller_madow_entropy(kCounts) == Approx(2.4343000399).margin(1e-9));
  CHECK(jackknife_entropy(kCounts) == Approx(2.4348834977).margin(1e-9));
  CHECK(chao_shen_entropy(kCounts) == Approx(2.4162348715).margin(1e-9));
  CHECK(grassberger_1988_entropy(kCounts) == Approx(2.4433467829).margin(1e-9));
  CHECK(grassberger_2003_entropy(kCounts) == Approx(2.4396199252).margin(1e-9));
}

TEST_CASE("Miller-Madow adds (K - 1) / 2N for the K symbols that are seen") {
  CHECK(miller_madow_entropy({2, 1, 0, 1}) == Approx(1.5 * kLn2 + 2.0 / 8).epsilon(1e-14));
  CHECK(miller_madow_entropy({9}) == Approx(0).margin(1e-14));
}

TEST_CASE("The jackknife of two different observations is 2 ln 2 - 0") {
  CHECK(jackknife_entropy({1, 1}) == Approx(2 * kLn2).epsilon(1e-14));
  // 3 H(2, 1) - 2 (2 / 3 H(1, 1) + 1 / 3 H(2)).
  CHECK(jackknife_entropy({2, 1}) ==
        Approx(3 * std::log(3) - 2 * kLn2 - 4.0 / 3 * kLn2).epsilon(1e-14));
  CHECK(std::isnan(jackknife_entropy({1})));
}

TEST_CASE("Chao and Shen weigh each symbol by the chance that it is seen at all") {
  // Both seen once: C = 1 / 2, p = 1 / 4 each, seen with probability 1 - (3 / 4)^2.
  CHECK(chao_shen_entropy({1, 1}) == Approx(0.5 * 2 * kLn2 / (1 - 9.0 / 16)).epsilon(1e-14));
  CHECK(chao_shen_entropy({5}) == 0);
}

TEST_CASE("Grassberger's estimates of small counts have closed forms") {
  CHECK(grassberger_1988_entropy({2}) == Approx(kLn2 - (1 - kEuler) - 1.0 / 3).epsilon(1e-13));
  CHECK(grassberger_2003_entropy({1}) == Approx(kEuler + kLn2).epsilon(1e-13));
  CHECK(grassberger_2003_entropy({2}) == Approx(2 * kLn2 + kEuler - 2).epsilon(1e-13));
}

TEST_CASE("The NSB entropy is the posterior mean under a prior that is flat in the entropy") {
  CHECK(nsb_entropy({2, 1}, 2) == Approx(0.588943).margin(5e-7));
  CHECK(nsb_entropy({2, 2}, 2) == Approx(0.626187).margin(5e-7));
  CHECK(nsb_entropy({3, 2, 1}, 3) == Approx(0.986847).margin(5e-7));
  CHECK(nsb_entropy({5, 3, 2}, 3) == Approx(1.012651).margin(5e-7));
  CHECK(nsb_entropy({2, 1}, 10) == Approx(1.315106).margin(5e-7));
  CHECK(nsb_entropy({7}, 1) == 0);
}

TEST_CASE("The NSB entropy of many observations is the plug-in estimate's limit") {
  // Of N observations of even odds the plug-in estimate is ln K, and the posterior has a spread
  // that falls as 1 / N.
  CHECK(nsb_entropy({1e6, 1e6, 1e6, 1e6}, 4) == Approx(std::log(4)).margin(1e-5));
  CHECK(nsb_entropy({3e8, 1e8}, 2) == Approx(entropy({3, 1})).margin(1e-7));
  // Symbols that nobody saw in a million draws count for little.
  CHECK(nsb_entropy({5e5, 5e5}, 1000) == Approx(kLn2).margin(1e-2));
}

TEST_CASE("Entropies do not depend on the order of symbols, nor on those not seen") {
  for (const auto estimate : {miller_madow_entropy, jackknife_entropy, chao_shen_entropy,
                              grassberger_1988_entropy, grassberger_2003_entropy})
    CHECK(estimate({3, 0, 1, 2}) == estimate({1, 2, 3}));
  CHECK(nsb_entropy({3, 0, 1, 2}, 5) == nsb_entropy({1, 2, 3}, 5));
}

TEST_CASE("Counts of nothing have no entropy, and what is no count is refused") {
  for (const auto estimate : {miller_madow_entropy, jackknife_entropy, chao_shen_entropy,
                              grassberger_1988_entropy, grassberger_2003_entropy}) {
    CHECK(std::isnan(estimate({0, 0})));
    CHECK(error_text<PluginError>([&] {
            estimate({1, 0.5});
          }) == "an entropy of counts needs whole numbers from 0, found 0.5.");
  }
  CHECK(std::isnan(nsb_entropy({}, 3)));
  CHECK(error_text<PluginError>([] {
          nsb_entropy({1, 1, 1}, 2);
        }) == "the NSB entropy of an alphabet of 2 symbols: the counts show 3 of them.");
}

TEST_CASE("Miller-Madow's information corrects the bias of each of the three entropies") {
  // The plug-in estimate of a bit seen four times, with itself, is ln 2; K = 2 for all three.
  CHECK(miller_madow_information({0, 1, 0, 1}, {0, 1, 0, 1}) ==
        Approx(kLn2 + 1.0 / 8).epsilon(1e-14));
  // All four pairs once: 0, and K_ab = 4.
  CHECK(miller_madow_information({0, 0, 1, 1}, {0, 1, 0, 1}) == Approx(-1.0 / 8).epsilon(1e-14));
}
