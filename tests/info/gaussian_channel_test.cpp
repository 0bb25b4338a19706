#include <saddle/info/gaussian_channel.hpp>

#include <saddle/base/random.hpp>

#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::matrix_of;

namespace {

// [n, d] each.
struct Channel {
  Matrix means, noisy;
};

Channel linear_gaussian(std::size_t n, std::size_t d, double tau, double sigma) {
  const Matrix means = add_noise(Matrix(n, d), tau, RandomStream(1, "means"));
  return {means, add_noise(means, sigma, RandomStream(1, "noise"))};
}

}  // namespace

TEST_CASE("Two points without noise are told apart as far as sigma lets them") {
  const Matrix points = matrix_of({{0}, {2}});
  // ln p falls by 2^2 / 2 from the own to the other point.
  const ChannelBounds bounds = channel_information(points, points, 1);
  CHECK(bounds.lower == Approx(std::log(2) - std::log1p(std::exp(-2))).epsilon(1e-14));
  CHECK(bounds.upper == Approx(2).epsilon(1e-14));
}

TEST_CASE("The bounds of a channel hold the information of the linear-Gaussian one") {
  const std::size_t n = 3000;
  for (const auto& [d, tau] : {std::pair<std::size_t, double>{1, 1}, {1, 5}, {3, 1}}) {
    const double sigma = 0.7, share = tau * tau / (tau * tau + sigma * sigma);
    const double truth = -0.5 * static_cast<double>(d) * std::log(1 - share);
    const Channel channel = linear_gaussian(n, d, tau, sigma);
    const ChannelBounds bounds = channel_information(channel.means, channel.noisy, sigma);
    // The density of information is d (e^2 - y^2 / (tau^2 + sigma^2)) / 2 and a constant: its
    // variance is d share.
    const double error = std::sqrt(static_cast<double>(d) * share / static_cast<double>(n));
    INFO("d " << d << ", tau " << tau << ": " << bounds.lower << " to " << bounds.upper
              << ", truth " << truth << " +- " << error);
    CHECK(bounds.lower < bounds.upper);
    CHECK(bounds.lower < truth + 3 * error);
    CHECK(bounds.upper > truth - 3 * error);
    // The sums over n points stand for means: a bias of some hundredths of a nat.
    CHECK(std::abs(bounds.lower - truth) < 3 * error + 0.02);
    CHECK(std::abs(bounds.upper - truth) < 3 * error + 0.02);
  }
}

TEST_CASE("The lower bound of a channel stops at ln n") {
  const Channel channel = linear_gaussian(50, 2, 1, 1e-4);
  const ChannelBounds bounds = channel_information(channel.means, channel.noisy, 1e-4);
  CHECK(bounds.lower == Approx(std::log(50)).epsilon(1e-12));
  CHECK(bounds.upper > 100);
}

TEST_CASE("A channel with a number that is not finite has no bounds") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Matrix points = matrix_of({{0}, {nan}});
  CHECK(std::isnan(channel_information(points, points, 1).lower));
  CHECK(std::isnan(channel_information(points, points, 1).upper));
}
