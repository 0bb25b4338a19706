#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Found {
  double forward, reverse, jensen_shannon, floor, outside;
};

Found evaluate(Metric& metric, const Dataset& truth, const Tensor& real, const Tensor& generated) {
  const std::vector<double> values = metric.evaluate(snapshot(truth, real, generated));
  REQUIRE(values.size() == 5);
  return {values[0], values[1], values[2], values[3], values[4]};
}

std::unique_ptr<Metric> metric(Entries options, const Shape& sample = {1}) {
  return make<kinds::metric>("kl-histogram", options, metric_setup(sample, 2500));
}

// Numbers as samples of shape [1].
Tensor column(const std::vector<double>& numbers) { return tensor({numbers.size(), 1}, numbers); }

GivenDataset given(const std::vector<double>& train, const std::vector<double>& test = {}) {
  return {column(train), column(test)};
}

std::unique_ptr<Dataset> gaussian(double mean, double sigma) {
  return make_dataset("gaussian-mixture", {{"means", lists({{mean}})}, {"sigmas", list({sigma})}});
}

std::string kl_error(Entries options, const Shape& sample = {2}) {
  return error_text<SpecError>([&] { metric(options, sample); });
}

Approx exactly(double value) { return Approx(value).epsilon(1e-12).margin(1e-15); }

const Value kZero = list({0}), kFour = list({4});

}  // namespace

TEST_CASE("NaN lies in no bin of the KL and is refused, infinity lies outside") {
  const auto plugin = metric({{"bins", number(4)}, {"low", kZero}, {"high", kFour}});
  const Tensor real = column({0.5, 1.5});
  const auto with = [&](double value) {
    return evaluate(*plugin, given({0.5, 1.5}), real, column({0.5, value}));
  };
  CHECK(with(kInfinity).outside == 50);
  CHECK(error_text<DivergedError>([&] { with(std::numeric_limits<double>::quiet_NaN()); }) ==
        "sample 1 holds NaN, which lies in no bin and not outside of them either.");
}

TEST_CASE("The KL of two small samples is that of their bin frequencies") {
  const auto plugin =
      metric({{"bins", number(4)}, {"low", kZero}, {"high", kFour}, {"smoothing", number(0)}});
  // Counts 2, 2 and 1, 3.
  const Found found =
      evaluate(*plugin, given({0}), column({0.5, 0.6, 1.5, 1.6}), column({0.1, 1.1, 1.2, 1.3}));
  CHECK(found.forward == exactly(0.5 * std::log(2) + 0.5 * std::log(2.0 / 3)));
  CHECK(found.reverse == exactly(0.25 * std::log(0.5) + 0.75 * std::log(1.5)));
  CHECK(found.outside == 0);
  // m = (3/8, 5/8).
  CHECK(found.jensen_shannon == exactly((0.5 * std::log(4.0 / 3) + 0.5 * std::log(0.8) +
                                         0.25 * std::log(2.0 / 3) + 0.75 * std::log(1.2)) /
                                        2));
}

TEST_CASE("What lies outside of the bins is one further cell") {
  const auto plugin =
      metric({{"bins", number(1)}, {"low", kZero}, {"high", kFour}, {"smoothing", number(0)}});
  const Found escaped = evaluate(*plugin, given({0}), column({1, 2, 3, 3}), column({1, 2, 3, 9}));
  CHECK(escaped.forward == exactly(std::log(4.0 / 3)));
  CHECK(escaped.reverse == kInfinity);
  CHECK(escaped.outside == 25);
  const Found both = evaluate(*plugin, given({0}), column({1, -1}), column({1, 9}));
  CHECK(both.forward == exactly(0));
  CHECK(both.outside == 50);
}

TEST_CASE("Smoothing spreads its points evenly over all cells, and 1 is its default") {
  const auto plugin = metric({{"bins", number(1)}, {"low", kZero}, {"high", kFour}});
  const Found found = evaluate(*plugin, given({0}), column({1, 2, 3, 3}), column({1, 2, 3, 9}));
  // (4.5, 0.5) / 5 against (3.5, 1.5) / 5.
  CHECK(found.forward == exactly(0.9 * std::log(9.0 / 7) + 0.1 * std::log(1.0 / 3)));
  CHECK(found.reverse == exactly(0.7 * std::log(7.0 / 9) + 0.3 * std::log(3)));
}

TEST_CASE("A bin that only one sample meets makes the KL infinite without smoothing") {
  const auto plugin =
      metric({{"bins", number(4)}, {"low", kZero}, {"high", kFour}, {"smoothing", number(0)}});
  const Found found = evaluate(*plugin, given({0}), column({1, 2}), column({1, 1}));
  CHECK(found.forward == kInfinity);
  CHECK(found.reverse == exactly(std::log(2)));
}

TEST_CASE("By default the bins reach 5 % beyond the training samples, whatever the real rows are") {
  const auto plugin = metric({});
  const GivenDataset data = given({0, 10, 4});
  const Tensor generated = column({-0.49, 10.49, -0.51, 10.51});
  CHECK(evaluate(*plugin, data, column({4, 4}), generated).outside == 50);
  CHECK(evaluate(*plugin, data, column({0, 10}), generated).outside == 50);
  const GivenDataset constant = given({3, 3});
  CHECK(evaluate(*metric({}), constant, column({3, 3}), column({2.51, 3.49, 2.49, 3.51})).outside ==
        50);
}

TEST_CASE("The floor is the KL of the real samples and as many test samples") {
  const auto plugin =
      metric({{"bins", number(2)}, {"low", kZero}, {"high", kFour}, {"smoothing", number(0)}});
  const Tensor real = column({1, 1, 1, 3});
  CHECK(evaluate(*plugin, given({0}, {1, 1, 3, 3}), real, real).floor ==
        exactly(0.75 * std::log(1.5) + 0.25 * std::log(0.5)));
  // Of eight sorted ones every second is taken.
  CHECK(evaluate(*plugin, given({0}, {1, 1, 1, 1, 3, 3, 3, 3}), real, real).floor ==
        exactly(0.75 * std::log(1.5) + 0.25 * std::log(0.5)));
  CHECK(std::isnan(evaluate(*plugin, given({0}, {1, 1, 3}), real, real).floor));
}

TEST_CASE("Several dimensions are binned along each axis, in any sample shape") {
  const auto plugin = metric({{"bins", number(2)},
                              {"low", list({0, 10, 20})},
                              {"high", list({2, 12, 22})},
                              {"smoothing", number(0)}},
                             {1, 3});
  const GivenDataset data(zeros({1, 1, 3}), zeros({0, 1, 3}));
  const Tensor real = tensor({2, 1, 3}, {0.5, 10.5, 20.5, 1.5, 11.5, 21.5});
  CHECK(evaluate(*plugin, data, real, real).forward == exactly(0));
  // Equal marginals, other cells.
  const Tensor crossed = tensor({2, 1, 3}, {0.5, 10.5, 21.5, 1.5, 11.5, 20.5});
  CHECK(evaluate(*plugin, data, real, crossed).forward == kInfinity);
  const Tensor half = tensor({2, 1, 3}, {0.6, 10.6, 20.6, 1.5, 11.5, 22.5});
  CHECK(evaluate(*plugin, data, real, half).outside == 50);
}

TEST_CASE("The KL of Gaussian samples is near its closed form") {
  constexpr std::size_t kCount = 100000;
  const auto p = gaussian(0, 1), q = gaussian(0.3, 1.2);
  const Found found =
      evaluate(*metric({}), *p, first(*p, Split::train, kCount), first(*q, Split::train, kCount));
  // ln(s2 / s1) + (s1^2 + d^2) / (2 s2^2) - 1/2
  CHECK(found.forward == Approx(std::log(1.2) + 1.09 / 2.88 - 0.5).margin(0.005));
  CHECK(found.reverse == Approx(-std::log(1.2) + 1.53 / 2 - 0.5).margin(0.005));
  // About 40 occupied bins: 40 / n.
  CHECK(found.floor > 1e-4);
  CHECK(found.floor < 1e-3);
}

TEST_CASE("A perfect generator scores the floor, and a collapsed one far more") {
  constexpr std::size_t kCount = 2500;
  const auto ring = make_dataset("ring", {});
  const Tensor x = first(*ring, Split::train, 2 * kCount);
  const Tensor real = rows(x, 0, kCount);
  const auto plugin = metric({}, {2});
  const Found perfect = evaluate(*plugin, *ring, real, rows(x, kCount, 2 * kCount));
  CHECK(perfect.outside == 0);
  CHECK(std::abs(perfect.forward - perfect.floor) < 0.02);
  CHECK(perfect.forward < 0.05);
  CHECK(perfect.reverse < 0.05);
  Tensor one = rows(x, kCount, 2 * kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    one(i, 0) = 1;
    one(i, 1) = 0;
  }
  const Found collapsed = evaluate(*plugin, *ring, real, one);
  CHECK(collapsed.forward > 5);
  CHECK(collapsed.reverse > std::log(8) - 0.1);
}

TEST_CASE("The series of kl-histogram state how they were made") {
  const auto plugin = metric({{"low", list({-1})}, {"high", list({2.5, 3})}}, {2});
  CHECK(plugin->needs() == std::vector<Need>{Need::real, Need::generated, Need::truth});
  std::vector<std::string> names;
  for (const SeriesInfo& info : plugin->series()) names.push_back(info.name + " " + info.unit);
  CHECK(names == std::vector<std::string>{"forward nats", "reverse nats", "jensen-shannon nats",
                                          "floor nats", "outside %"});
  using Attributes = std::vector<std::pair<std::string, std::string>>;
  CHECK(plugin->series()[0].attributes ==
        Attributes{
            {"definition", "KL(real || generated)"},
            {"estimator", "plug-in from counts in equal bins and one cell for all outside of them"},
            {"bins", "50"},
            {"low", "-1"},
            {"high", "2.5, 3"},
            {"smoothing", "1"},
            {"n", "2500"}});
  CHECK(metric({})->series()[1].attributes[3].second ==
        "below the training samples by 5 % of their range");
}

TEST_CASE("Bins that cannot work are refused before training") {
  CHECK(kl_error({}, {28, 28, 1}) ==
        "samples [28, 28, 1] have 784 dimensions, and no sample fills the bins of more than 3. Use "
        "a metric without bins.");
  CHECK(kl_error({}, {3}) == "(no error)");
  CHECK(kl_error({{"bins", number(216)}}, {3}) ==
        "bins: expected at most 215 along each of 3 axes, found 216.");
  CHECK(kl_error({{"bins", text("10000000")}, {"low", kZero}, {"high", kFour}}, {1}) ==
        "(no error)");
  CHECK(kl_error({{"low", list({0, 1, 2})}, {"high", kFour}}) ==
        "low: expected one number for each of 2 axes, or one for all, found 3.");
  CHECK(kl_error({{"low", kZero}, {"high", list({1, 2, 3})}}) ==
        "high: expected one number for each of 2 axes, or one for all, found 3.");
  CHECK(kl_error({{"low", kZero}}) == "low and high belong together. Give both, or neither.");
  CHECK(kl_error({{"low", kZero}, {"high", list({4, 0})}}) ==
        "low: expected less than high, found 0 and high 0 on axis 1.");
}
