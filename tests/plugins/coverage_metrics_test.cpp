#include <saddle/base/error.hpp>
#include <saddle/tensor/random.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

Tensor column(const std::vector<double>& numbers) { return tensor({numbers.size(), 1}, numbers); }

std::unique_ptr<Metric> metric(const std::string& name, Entries options, const Shape& sample,
                               std::size_t samples) {
  return make<kinds::metric>(name, options, metric_setup(sample, samples));
}

std::vector<double> evaluate(const std::string& name, Entries options, const Dataset& truth,
                             const Tensor& generated) {
  return metric(name, options, row_shape(generated.shape()), generated.shape(0))
      ->evaluate(snapshot(truth, generated, generated));
}

const Tensor& four_real() {
  static const Tensor points = tensor({4, 2}, {0, 0, 1, 0, 0, 1, 5, 5});
  return points;
}

const Tensor& four_generated() {
  static const Tensor points = tensor({4, 2}, {0.1, 0.1, 0.9, 0.1, 3, 3, 10, 10});
  return points;
}

std::string attribute(const Metric& metric, std::size_t series, const std::string& name) {
  const SeriesInfo info = metric.series()[series];
  for (const auto& [key, value] : info.attributes)
    if (key == name) return value;
  return "none";
}

}  // namespace

TEST_CASE("The metrics of coverage are those of training rows and generated samples") {
  const GivenDataset truth(four_real(), four_generated());
  const auto one =
      evaluate("precision-recall", {{"neighbours", number(1)}}, truth, four_generated());
  CHECK(one == std::vector<double>{0.75, 0.75, 0.75, 0.75});
  CHECK(evaluate("precision-recall", {{"neighbours", number(2)}}, truth, four_generated())[1] == 1);
  CHECK(evaluate("density-coverage", {{"neighbours", number(1)}}, truth, four_generated()) ==
        std::vector<double>{1.75, 1});
  CHECK(evaluate("density-coverage", {{"neighbours", number(2)}}, truth, four_generated()) ==
        std::vector<double>{1, 1});
}

TEST_CASE("With no more samples than neighbours coverage is refused") {
  const GivenDataset truth(four_real(), zeros({0, 2}));
  // Three neighbours of four points are found, five are not.
  CHECK(std::isfinite(evaluate("precision-recall", {}, truth, four_generated())[0]));
  CHECK(error_text<SpecError>([&] { evaluate("density-coverage", {}, truth, four_generated()); }) ==
        "samples: expected at least 6, found 4.");
}

TEST_CASE("The same law has density 1 and coverage 1 - 2^-k in any dimension") {
  constexpr std::size_t kCount = 1000;
  const GivenDataset truth(random_normal(RandomStream(3, "real"), {kCount, 8}), zeros({0, 8}));
  const auto plugin = metric("density-coverage", {}, {8}, kCount);
  CHECK(attribute(*plugin, 0, "ideal") == "1");
  CHECK(attribute(*plugin, 1, "ideal") == "0.969");  // 1 - prod (1000 - i) / (2000 - i)
  const Tensor x = random_normal(RandomStream(3, "generated"), {kCount, 8});
  const auto values = plugin->evaluate(snapshot(truth, x, x));
  // A share of n points; dependence between balls widens it less than twofold.
  CHECK(values[1] == Approx(0.969).margin(10 * std::sqrt(0.97 * 0.03 / kCount)));
  // A point lies in about k balls, of a number whose deviation hubs raise to a few k.
  CHECK(values[0] == Approx(1).margin(5 * 3 / std::sqrt(double{kCount})));
}

TEST_CASE("A generator of training samples is seen, one of new samples is at one half") {
  std::vector<double> train, test, fresh;
  for (int i = 0; i < 50; ++i) {
    train.push_back(4 * i);
    test.push_back(4 * i + 2);
    fresh.push_back(4 * i + (i % 2 == 0 ? 0.5 : 1.5));
  }
  const GivenDataset truth(column(train), column(test));
  CHECK(evaluate("memorisation", {}, truth, column(train)) == std::vector<double>{1, 0, 2});
  CHECK(evaluate("memorisation", {}, truth, column(fresh)) == std::vector<double>{0.5, 1, 1});
}

TEST_CASE("Memorisation compares with equally many of each split, evenly spaced") {
  const GivenDataset truth(column({0, 10, 20, 30, 40, 50}), column({1, 21, 41}));
  // Rows 0, 20 and 40 of the training split.
  CHECK(evaluate("memorisation", {}, truth, column({10}))[1] == 10);
  CHECK(evaluate("memorisation", {{"most", number(1)}}, truth, column({41})) ==
        std::vector<double>{0, 41, 40});
}

TEST_CASE("Equal images are alike, pairs of others as their similarity says") {
  const auto constant = [](double a, double b) {
    Tensor x = empty({4, 28, 28, 1});
    for (std::size_t i = 0; i < x.size(); ++i)
      x.data()[i] = static_cast<Scalar>(i / (28 * 28) % 2 == 0 ? a : b);
    return x;
  };
  // The training samples range from -1 to 1: numbers are counted from -1, range 2.
  const GivenDataset truth(constant(-1, 1), zeros({0, 28, 28, 1}));
  const auto plugin = metric("ms-ssim", {}, {28, 28, 1}, 4);
  const auto values = plugin->evaluate(snapshot(truth, constant(0.5, 0.5), constant(-0.5, 0)));
  CHECK(values[1] == Approx(1).epsilon(1e-10));
  const double luminance = (2 * 0.5 * 1 + 4e-4) / (0.25 + 1 + 4e-4);
  CHECK(values[0] == Approx(std::pow(luminance, 0.2856 / 0.3304)).epsilon(1e-9));
  CHECK(attribute(*plugin, 0, "scales") == "2");
  CHECK(attribute(*plugin, 0, "weights") == "0.1356, 0.8644");
  CHECK(attribute(*plugin, 0, "pairs") == "2");
}

TEST_CASE("Structural similarity is of images that hold its window") {
  const auto error = [](const Shape& sample) {
    return error_text<SpecError>([&] { metric("ms-ssim", {}, sample, 4); });
  };
  CHECK(error({2}) ==
        "samples [2] are no images: expected [height, width] or [height, width, channels].");
  CHECK(error({8, 8, 1}) ==
        "images [8, 8, 1]: expected at least 11 rows and columns, which the window of the "
        "structural similarity takes.");
  CHECK(error({28, 28}) == "(no error)");
}
