#include <saddle/info/neighbour_entropy.hpp>
#include <saddle/info/neighbour_information.hpp>

#include "info/brute_force.hpp"
#include "info/golden_data.hpp"
#include "info/neighbour_terms.hpp"
#include "info/pairs.hpp"
#include "info/special.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

// Every estimator against its formula, pair by pair, on points of many shapes; on a coarse grid
// most distances are tied.

using namespace saddle;
using namespace saddle::info;
using namespace saddle::testing;

namespace {

constexpr std::size_t kPoints = 150;

Matrix points(std::uint64_t seed, std::size_t d, double steps) {
  Matrix x = splitmix(seed, kPoints, d);
  for (double& value : x.values) value = steps == 0 ? value : std::floor(value * steps);
  return x;
}

struct Triple {
  Matrix x, y, z, xy, xz, yz, xyz;
  Triple(std::size_t dx, std::size_t dy, std::size_t dz, double steps)
      : x(points(dx, dx, steps)),
        y(mixed(x, points(100 + dy, dy, steps))),
        z(points(200 + dz, dz, steps)),
        xy(side_by_side(x, y)),
        xz(side_by_side(x, z)),
        yz(side_by_side(y, z)),
        xyz(side_by_side(xy, z)) {}

  // y leans on the first coordinate of x.
  static Matrix mixed(const Matrix& x, Matrix y) {
    for (std::size_t i = 0; i < y.rows; ++i) y.row(i)[0] += x.row(i)[0];
    return y;
  }
};

double kth(const Matrix& of, std::size_t i, std::size_t k) {
  return distances(of, i, of, maximum_distance)[k];
}

double psi(double m) { return digamma(m); }

// The mean of term(i), which the estimate must be, and its terms each.
template <class Term>
void check(const Pointwise& found, const Term& term) {
  double sum = 0;
  for (std::size_t i = 0; i < kPoints; ++i) {
    CHECK(found.terms[i] == Approx(term(i)).margin(1e-12));
    sum += term(i);
  }
  CHECK(found.value == Approx(sum / kPoints).margin(1e-12));
}

template <class Check>
void for_each_sample(const Check& check_sample) {
  for (const std::size_t dx : {1u, 2u, 4u})
    for (const std::size_t dy : {1u, 3u})
      for (const double steps : {0.0, 3.0, 20.0})
        for (const std::size_t k : {1u, 4u}) {
          INFO(dx << " x " << dy << ", grid of " << steps << ", k = " << k);
          check_sample(Triple(dx, dy, 2, steps), k, static_cast<double>(k));
        }
}

constexpr double kN = kPoints;

}  // namespace

TEST_CASE("KSG 1 is its formula") {
  for_each_sample([](const Triple& s, std::size_t k, double m) {
    check(ksg1(s.x, s.y, {k, false}), [&](std::size_t i) {
      const double radius = kth(s.xy, i, k);
      return psi(m) + psi(kN) - psi(std::max(nearer(s.x, i, radius), 1.0)) -
             psi(std::max(nearer(s.y, i, radius), 1.0));
    });
  });
}

TEST_CASE("KSG 2 is its formula with every point that ties for the k-th place") {
  for_each_sample([](const Triple& s, std::size_t k, double m) {
    check(ksg2(s.x, s.y, {k, false}), [&](std::size_t i) {
      const double radius = kth(s.xy, i, k);
      double width_x = 0, width_y = 0;
      for (std::size_t j = 0; j < kPoints; ++j)
        if (maximum_distance(s.xy, i, s.xy, j) <= radius) {
          width_x = std::max(width_x, maximum_distance(s.x, i, s.x, j));
          width_y = std::max(width_y, maximum_distance(s.y, i, s.y, j));
        }
      return psi(m) - 1 / m + psi(kN) - psi(as_near(s.x, i, width_x) - 1) -
             psi(as_near(s.y, i, width_y) - 1);
    });
  });
}

TEST_CASE("Conditional KSG is its formula") {
  for_each_sample([](const Triple& s, std::size_t k, double m) {
    check(conditional_ksg(s.x, s.y, s.z, {k, false}), [&](std::size_t i) {
      const double radius = kth(s.xyz, i, k);
      return psi(m) - psi(std::max(nearer(s.xz, i, radius), 1.0)) -
             psi(std::max(nearer(s.yz, i, radius), 1.0)) +
             psi(std::max(nearer(s.z, i, radius), 1.0));
    });
  });
}

TEST_CASE("The mixed estimator is its formula") {
  for_each_sample([](const Triple& s, std::size_t k, double m) {
    check(mixed_ksg(s.x, s.y, {k, false}), [&](std::size_t i) {
      const double radius = kth(s.xy, i, k);
      if (radius == 0)
        return psi(as_near(s.xy, i, 0)) + std::log(kN) - psi(as_near(s.x, i, 0)) -
               psi(as_near(s.y, i, 0));
      return psi(m) + std::log(kN) - psi(nearer(s.x, i, radius)) - psi(nearer(s.y, i, radius));
    });
  });
}

TEST_CASE("Both divergences are their formulas") {
  for (const std::size_t d : {1u, 2u, 6u})
    for (const std::size_t k : {1u, 5u}) {
      INFO(d << " dimensions, k = " << k);
      const Matrix x = points(d, d, 0), y = splitmix(50, 90, d);
      const double share = std::log(90 / (kN - 1));
      const auto own = [&](std::size_t i) { return distances(x, i, x, euclidean_distance); };
      const auto other = [&](std::size_t i) { return distances(x, i, y, euclidean_distance); };
      check(wang_kulkarni_verdu(x, y, k), [&](std::size_t i) {
        return static_cast<double>(d) * std::log(other(i)[k - 1] / own(i)[k]) + share;
      });
      check(wang_kulkarni_verdu_adaptive(x, y, k), [&](std::size_t i) {
        const std::vector<double> r = own(i), s = other(i);
        const double radius = std::max(r[k], s[k - 1]);
        const auto within = [&](const std::vector<double>& sorted) {
          return std::upper_bound(sorted.begin(), sorted.end(), radius) - sorted.begin();
        };
        const auto l = within(r), m = within(s);
        return static_cast<double>(d) * std::log(s[static_cast<std::size_t>(m) - 1] /
                                                 r[static_cast<std::size_t>(l) - 1]) +
               psi(static_cast<double>(l - 1)) - psi(static_cast<double>(m)) + share;
      });
    }
}
