#include <saddle/base/error.hpp>
#include <saddle/info/known_densities.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

constexpr std::size_t kCount = 50000;
constexpr double kRounding = sizeof(Scalar) == 8 ? 1e-12 : 1e-6;

std::string mixture_error(Entries options) {
  return error_text<SpecError>([&] { make_dataset("gaussian-mixture", options); });
}

double normal(double x, double mean, double sigma) {
  const double z = (x - mean) / sigma;
  return std::exp(-z * z / 2) / (sigma * std::sqrt(2 * 3.14159265358979323846));
}

// Checks counts, means and deviations of each mode's samples within five standard errors.
void check_statistics(const Dataset& data, Split split) {
  Indices indices(kCount);
  for (std::size_t i = 0; i < kCount; ++i) indices[i] = i;
  const Tensor x = data.samples(split, indices);
  const Labels labels = data.labels(split, indices);
  const Modes modes = *data.modes();
  const std::size_t dimension = modes.centres.shape(1);
  for (std::size_t k = 0; k < modes.weights.size(); ++k) {
    double n = 0, sum = 0, squares = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
      if (labels[i] != static_cast<std::int32_t>(k)) continue;
      ++n;
      for (std::size_t j = 0; j < dimension; ++j) {
        const double z = (double{x(i, j)} - double{modes.centres(k, j)}) / modes.sigmas[k];
        sum += z;
        squares += z * z;
      }
    }
    const double p = modes.weights[k], m = n * static_cast<double>(dimension);
    CHECK(std::abs(n / kCount - p) < 5 * std::sqrt(p * (1 - p) / kCount));
    CHECK(std::abs(sum / m) < 5 / std::sqrt(m));
    CHECK(std::abs(squares / m - 1) < 5 * std::sqrt(2 / m));
  }
}

}  // namespace

TEST_CASE("The ring's modes lie on a circle, the first at angle 0") {
  const auto data = make_dataset("ring", {});
  const Modes modes = *data->modes();
  REQUIRE(modes.centres.shape() == Shape{8, 2});
  CHECK(modes.centres(0, 0) == 1);
  CHECK(modes.centres(0, 1) == 0);
  CHECK(modes.centres(1, 0) == Approx(std::sqrt(0.5)).epsilon(kRounding));
  CHECK(modes.centres(1, 1) == Approx(std::sqrt(0.5)).epsilon(kRounding));
  CHECK(modes.centres(6, 0) == Approx(0).margin(kRounding));
  CHECK(modes.centres(6, 1) == -1);
  CHECK(modes.sigmas == std::vector<double>(8, 0.01));
  CHECK(modes.weights == std::vector<double>(8, 0.125));
  CHECK(data->size(Split::train) == 100000);
  CHECK(data->sample_shape() == Shape{2});
}

TEST_CASE("The grid's modes stand row by row around the origin") {
  const Modes modes = *make_dataset("grid", {})->modes();
  REQUIRE(modes.centres.shape() == Shape{25, 2});
  for (std::size_t k = 0; k < 25; ++k) {
    CHECK(modes.centres(k, 0) == -4 + 2 * static_cast<double>(k % 5));
    CHECK(modes.centres(k, 1) == -4 + 2 * static_cast<double>(k / 5));
  }
  CHECK(modes.sigmas == std::vector<double>(25, 0.05));
  const Modes wide =
      *make_dataset("grid", {{"columns", number(2)}, {"rows", number(1)}, {"spacing", number(3)}})
           ->modes();
  CHECK(elements(wide.centres) == elements(tensor({4}, {-1.5, 0, 1.5, 0})));
}

TEST_CASE("Samples of mixtures have the stated weights, centres and deviations") {
  for (const Split split : {Split::train, Split::test}) {
    check_statistics(*make_dataset("ring", {}), split);
    check_statistics(*make_dataset("grid", {}), split);
    check_statistics(*make_dataset("gaussian-mixture", {{"means", lists({{0, 1, 2}, {3, -4, 5}})},
                                                        {"sigmas", list({0.5, 2})},
                                                        {"weights", list({30, 10})}}),
                     split);
  }
}

TEST_CASE("Sample i of a mixture depends on neither its batch nor the number of points") {
  const auto data = make_dataset("grid", {});
  const auto fewer = make_dataset("grid", {{"points", number(10)}});
  for (const Split split : {Split::train, Split::test}) {
    const Tensor alone = data->samples(split, {7}), among = data->samples(split, {3, 9, 7});
    CHECK(elements(alone) == elements(rows(among, 2, 3)));
    CHECK(elements(alone) == elements(fewer->samples(split, {7})));
    CHECK(elements(alone) != elements(rows(among, 0, 1)));
    CHECK(data->labels(split, {7})[0] == data->labels(split, {3, 9, 7})[2]);
  }
  CHECK(elements(data->samples(Split::train, {7})) != elements(data->samples(Split::test, {7})));
}

TEST_CASE("A Gaussian mixture takes one sigma for all and weights in any proportion") {
  const auto data = make_dataset("gaussian-mixture", {{"means", lists({{0, 0}, {1, 2}, {5, 5}})},
                                                      {"sigmas", list({0.5})},
                                                      {"weights", list({2, 1, 1})},
                                                      {"points", number(12)}});
  const Modes modes = *data->modes();
  CHECK(elements(modes.centres) == elements(tensor({6}, {0, 0, 1, 2, 5, 5})));
  CHECK(modes.sigmas == std::vector<double>{0.5, 0.5, 0.5});
  CHECK(modes.weights == std::vector<double>{0.5, 0.25, 0.25});
  CHECK(data->size(Split::train) == 12);
  CHECK(data->classes() == 3);
  const Modes equal = *make_dataset("gaussian-mixture", {{"means", lists({{0}, {4}})}})->modes();
  CHECK(equal.weights == std::vector<double>{0.5, 0.5});
  CHECK(equal.sigmas == std::vector<double>{1, 1});
}

TEST_CASE("The log density of a mixture is its closed form and integrates to 1") {
  const auto data = make_dataset("gaussian-mixture", {{"means", lists({{-1}, {2}})},
                                                      {"sigmas", list({0.25, 1.5})},
                                                      {"weights", list({0.33, 0.67})}});
  constexpr std::size_t kSteps = 20000;
  constexpr double kLow = -10, kStep = 24.0 / kSteps;
  Tensor x = empty({kSteps, 1});
  for (std::size_t i = 0; i < kSteps; ++i)
    x(i, 0) = static_cast<Scalar>(kLow + kStep * (static_cast<double>(i) + 0.5));
  const std::vector<double> log_density = *data->log_density(x);
  double integral = 0, largest_error = 0;
  for (std::size_t i = 0; i < kSteps; ++i) {
    const double at = double{x(i, 0)};
    const double density = 0.33 * normal(at, -1, 0.25) + 0.67 * normal(at, 2, 1.5);
    largest_error = std::max(largest_error, std::abs(std::exp(log_density[i]) - density));
    integral += kStep * std::exp(log_density[i]);
  }
  CHECK(largest_error < 1e-12);
  CHECK(integral == Approx(1).margin(1e-6));
}

TEST_CASE("The log density of the ring counts every mode, far from all of them too") {
  const auto data =
      make_dataset("ring", {{"modes", number(2)}, {"radius", number(3)}, {"sigma", number(0.5)}});
  const Tensor x = tensor({2, 2}, {0, 0, 1000, 0});
  const std::vector<double> log_density = *data->log_density(x);
  const double peak = -std::log(2 * 3.14159265358979323846 * 0.25);
  CHECK(log_density[0] == Approx(peak - 9 / 0.5).epsilon(1e-12));
  CHECK(log_density[1] == Approx(peak - std::log(2) - 997.0 * 997 / 0.5).epsilon(1e-12));
}

TEST_CASE("Mixtures offer modes and log-density") {
  const std::vector<std::string> expected = {"labels", "modes", "log-density"};
  CHECK(offers<kinds::dataset>("ring", {}) == expected);
  CHECK(offers<kinds::dataset>("grid", {}) == expected);
  CHECK(offers<kinds::dataset>("gaussian-mixture", {{"means", lists({{1}})}}) == expected);
}

TEST_CASE("Mistakes in the options of a Gaussian mixture are explained") {
  CHECK(mixture_error({}) ==
        "spec: dataset 'gaussian-mixture' needs 'means': the centre of each Gaussian, a list of "
        "lists.");
  CHECK(mixture_error({{"means", list(std::vector<double>{})}}) ==
        "means: expected at least one, found none.");
  CHECK(mixture_error({{"means", Value::sequence({list(std::vector<double>{})})}}) ==
        "means[0]: expected at least one number, found none.");
  CHECK(mixture_error({{"means", lists({{0, 0}, {1, 1}, {2}})}}) ==
        "means[2]: expected 2 numbers like means[0], found 1.");
  CHECK(mixture_error({{"means", lists({{0}, {1}, {2}})}, {"sigmas", list({1, 2})}}) ==
        "sigmas: expected one number for each of the 3 means, or one for all, found 2.");
  CHECK(mixture_error({{"means", lists({{0}, {1}})}, {"weights", list({1, 2, 3})}}) ==
        "weights: expected one number for each of the 2 means, or one for all, found 3.");
  CHECK(mixture_error({{"means", lists({{0}})}, {"weights", list({-1})}}) ==
        "spec: weights[0]: expected a number from 1e-09 to 1e+09, found '-1'.");
}

TEST_CASE("The divergences of a ladder of rings are found from the densities alone") {
  // Eight Gaussians on a circle of radius 2, of deviation 0.1; the values are by quadrature.
  const auto whole = make_dataset("ring", {{"radius", number(2)}, {"sigma", number(0.1)}});
  const auto rung = [](std::size_t modes, double sigma, const std::vector<double>& weights) {
    std::vector<std::vector<double>> means;
    for (std::size_t k = 0; k < modes; ++k) {
      const double angle = static_cast<double>(k) * std::acos(-1.0) / 4;
      means.push_back({2 * std::cos(angle), 2 * std::sin(angle)});
    }
    return make_dataset(
        "gaussian-mixture",
        {{"means", lists(means)}, {"sigmas", list({sigma})}, {"weights", list(weights)}});
  };
  Indices indices(20000);
  for (std::size_t i = 0; i < indices.size(); ++i) indices[i] = i;
  const auto divergence = [&](const Dataset& of) {
    const Tensor x = of.samples(Split::train, indices);
    return info::kl_between_densities(of.log_density(x).value(), whole->log_density(x).value());
  };
  const auto expect = [&](const Dataset& of, double value) {
    const info::Measured found = divergence(of);
    CHECK(found.value == Approx(value).margin(3 * found.standard_error + 1e-5));
  };
  expect(*rung(7, 0.1, {}), std::log(8.0 / 7));
  expect(*rung(1, 0.1, {}), std::log(8.0));
  expect(*rung(8, 0.1, {8, 7, 6, 5, 4, 3, 2, 1}), 0.142644);
  expect(*rung(8, 0.2, {}), 1.613129);
}
