#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

Tensor column(const std::vector<double>& numbers) { return tensor({numbers.size(), 1}, numbers); }

std::vector<double> evaluate(const std::string& name, Entries options, const Dataset& truth,
                             const Tensor& real, const Tensor& generated) {
  const Shape sample = row_shape(real.shape());
  return make<kinds::metric>(name, options, metric_setup(sample, real.shape(0)))
      ->evaluate(snapshot(truth, real, generated));
}

std::string kid_error(Entries options) {
  return error_text<SpecError>([&] { make<kinds::metric>("kid", options, metric_setup({2}, 64)); });
}

// Within what the build's scalar resolves.
Approx exactly(double value) { return Approx(value).epsilon(1e-12).margin(1e-14); }

}  // namespace

TEST_CASE("The Frechet metric compares generated with real, and test with real samples") {
  const GivenDataset truth(column({0}), column({4, 6}));
  const auto values = evaluate("frechet-distance", {}, truth, column({0, 2}), column({1, 5}));
  CHECK(values[0] == Approx(4 + 2).epsilon(1e-9));
  CHECK(values[1] == Approx(16).epsilon(1e-9));
}

TEST_CASE("The Frechet metric of Gaussian samples is near its closed form, its floor near 0") {
  constexpr std::size_t kCount = 20000;
  const auto gaussian = [](double mean, double sigma) {
    return make_dataset("gaussian-mixture",
                        {{"means", lists({{mean, 0}})}, {"sigmas", list({sigma})}});
  };
  const auto p = gaussian(0, 1), q = gaussian(3, 2);
  const auto values = evaluate("frechet-distance", {}, *p, first(*p, Split::train, kCount),
                               first(*q, Split::train, kCount));
  // 9 + 2 (2 - 1)^2; the mean's difference has the deviation sqrt(5 / n), doubled by its factor 6.
  CHECK(values[0] == Approx(11).margin(5 * 6 * std::sqrt(5.0 / kCount)));
  // Of order 1 / n: means and deviations differ by 2 chi square / n each.
  CHECK(values[1] > 0);
  CHECK(values[1] < 50.0 / kCount);
}

TEST_CASE("The kid metric is that of its kernel, over all samples by default") {
  const GivenDataset truth(zeros({1, 2}), tensor({3, 2}, {1, 1, 2, 0, 0, 2}));
  const Tensor x = tensor({3, 2}, {0, 0, 1, 0, 0, 1}), y = tensor({3, 2}, {1, 1, 2, 0, 0, 2});
  const auto values = evaluate("kid", {}, truth, x, y);
  CHECK(values[0] == exactly(0.5));
  CHECK(values[1] == exactly(217.0 / 36));
  CHECK(std::isnan(values[2]));
  CHECK(values[3] == exactly(0.5));
}

TEST_CASE("The Gaussian kernel has the median distance of real samples as its bandwidth") {
  const GivenDataset truth(column({0}), column({}));
  const Tensor real = column({0, 1, 3}), generated = column({7, 8, 8});
  const auto median = evaluate("kid", {{"kernel", text("gaussian")}}, truth, real, generated);
  const auto given = evaluate("kid", {{"kernel", text("gaussian")}, {"bandwidth", number(2)}},
                              truth, real, generated);
  CHECK(median[0] == given[0]);
  const auto k = [](double distance) { return std::exp(-distance * distance / 8); };
  const double across = k(7) + 2 * k(8) + k(6) + 2 * k(7) + k(4) + 2 * k(5);
  CHECK(given[0] == exactly((k(1) + k(2) + k(3)) / 3 + (2 * k(1) + k(0)) / 3 - 2 * across / 9));
}

TEST_CASE("Real samples that coincide leave the median bandwidth undefined") {
  const GivenDataset truth(column({0}), column({}));
  const auto values =
      evaluate("kid", {{"kernel", text("gaussian")}}, truth, column({1, 1}), column({2, 3}));
  CHECK(std::isnan(values[0]));
}

TEST_CASE("Subsets of all samples give the value of all, with deviation 0") {
  const GivenDataset truth(zeros({1, 2}), zeros({0, 2}));
  const Tensor x = tensor({3, 2}, {0, 0, 1, 0, 0, 1}), y = tensor({3, 2}, {1, 1, 2, 0, 0, 2});
  const auto values =
      evaluate("kid", {{"subsets", number(4)}, {"subset_size", number(3)}}, truth, x, y);
  CHECK(values[0] == exactly(0.5));
  CHECK(values[2] == Approx(0).margin(1e-12));
  // Of 2 of 3 points: one of the 9 pairs of pairs each time, whose values differ.
  const auto pairs =
      evaluate("kid", {{"subsets", number(40)}, {"subset_size", number(2)}}, truth, x, y);
  CHECK(pairs[2] > 0.1);
}

TEST_CASE("Options of kid that cannot work are refused before training") {
  CHECK(kid_error({{"bandwidth", number(1)}}) ==
        "bandwidth: the polynomial kernel has none. Take kernel: gaussian.");
  CHECK(kid_error({{"subsets", number(1)}}) ==
        "subset_size: expected at most the metric's 64 samples, found 1000.");
  CHECK(kid_error({{"subsets", number(1)}, {"subset_size", number(64)}}) == "(no error)");
}

TEST_CASE("On numbers the sliced metric is the Wasserstein-1 distance: a shift by m has |m|") {
  const GivenDataset truth(column({0}), column({5, 6, 7}));
  const auto values =
      evaluate("sliced-wasserstein", {}, truth, column({0, 1, 2}), column({-0.5, -2.5, -1.5}));
  CHECK(values[0] == exactly(2.5));
  CHECK(values[1] == exactly(5));
}

TEST_CASE("The directions are the metric's own, drawn anew at each step") {
  const GivenDataset truth(zeros({1, 2}), zeros({0, 2}));
  const auto plugin = make<kinds::metric>("sliced-wasserstein", {{"projections", number(400)}},
                                          metric_setup({2}, 2));
  const auto at = [&](std::int64_t step) {
    const Tensor real = zeros({2, 2}), generated = tensor({2, 2}, {3, 4, 3, 4});
    const RandomStream own = RandomStream(1, "metric").at(step);
    return plugin->evaluate(Snapshot({step, own, real, generated, {}, {}, &truth, {}, {}, {}}))[0];
  };
  CHECK(at(1) == at(1));
  CHECK(at(1) != at(2));
  // 5 |cos| of an even angle: mean 10 / pi, deviation 5 sqrt(1/2 - 4 / pi^2) = 1.54.
  CHECK(at(1) == Approx(10 / 3.14159265358979).margin(5 * 1.54 / 20));
}
