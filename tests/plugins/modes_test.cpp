#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

// One evaluation, its values by series.
struct Found {
  double modes, ball, box, kl_high_quality, kl_all;
};

Found evaluate(Metric& metric, const Dataset& truth, const Tensor& generated) {
  const std::vector<double> values = metric.evaluate(snapshot(truth, generated, generated));
  REQUIRE(values.size() == 5);
  return {values[0], values[1], values[2], values[3], values[4]};
}

std::unique_ptr<Metric> metric(Entries options = {}, std::size_t samples = 2500,
                               const Shape& sample = {2}) {
  return make<kinds::metric>("modes", options, metric_setup(sample, samples));
}

Tensor repeated(std::size_t n, Scalar x, Scalar y) {
  Tensor points = empty({n, 2});
  for (std::size_t i = 0; i < n; ++i) {
    points(i, 0) = x;
    points(i, 1) = y;
  }
  return points;
}

std::string ideal(std::size_t series, Entries options, const Shape& sample) {
  const SeriesInfo info = metric(options, 10, sample)->series()[series];
  for (const auto& [key, value] : info.attributes)
    if (key == "ideal") return value;
  return "none";
}

// Two modes: sigma 1 at (0, 0) with weight 3/4, sigma 2 at (10, 0) with weight 1/4.
const GivenDataset& two_modes() {
  static const GivenDataset data(zeros({1, 2}), zeros({0, 2}),
                                 Modes{tensor({2, 2}, {0, 0, 10, 0}), {1, 2}, {0.75, 0.25}});
  return data;
}

}  // namespace

TEST_CASE("The modes metric asks for modes and names its series with units") {
  const auto plugin = metric();
  CHECK(plugin->needs() == std::vector<Need>{Need::generated, Need::truth});
  CHECK(plugin->needs_offered() == std::vector<std::string>{"modes"});
  std::vector<std::string> names;
  for (const SeriesInfo& info : plugin->series()) names.push_back(info.name + " " + info.unit);
  CHECK(names == std::vector<std::string>{"modes 1", "high-quality-ball %", "high-quality-box %",
                                          "reverse-kl-high-quality nats", "reverse-kl-all nats"});
  const auto attributes = plugin->series()[1].attributes;
  CHECK(attributes[0].first == "definition");
  CHECK(attributes[2] == std::pair<std::string, std::string>{"sigmas", "3"});
  CHECK(attributes[3] == std::pair<std::string, std::string>{"n", "2500"});
}

TEST_CASE("High quality is strictly nearer than three sigmas, in the ball or on each axis") {
  // The mode nearest to (4.5, 0) is the wide one: 5.5 / 2 < 4.5.
  const Tensor x = tensor({5, 2}, {0, 0, -2.9, 2.9, 3, 0, 4.5, 0, 10, 5});
  const Found found = evaluate(*metric(), two_modes(), x);
  CHECK(found.modes == 2);
  CHECK(found.ball == Approx(60));
  CHECK(found.box == Approx(80));
  CHECK(found.kl_high_quality ==
        Approx(std::log(1 / 2.25) / 3 + 2 * std::log(8.0 / 3) / 3).epsilon(1e-12));
  CHECK(found.kl_all == Approx(0.6 * std::log(0.8) + 0.4 * std::log(1.6)).epsilon(1e-12));
}

TEST_CASE("The radius of high quality is an option") {
  const Tensor x = tensor({3, 2}, {0.5, 0, 1.5, 0, 2.5, 0});
  CHECK(evaluate(*metric({{"sigmas", number(1)}}), two_modes(), x).ball == Approx(100.0 / 3));
  CHECK(evaluate(*metric({{"sigmas", number(2)}}), two_modes(), x).ball == Approx(200.0 / 3));
}

TEST_CASE("A generator collapsed to one of eight modes has reverse KL ln 8") {
  const auto ring = make_dataset("ring", {});
  const Found found = evaluate(*metric(), *ring, repeated(100, 0, 1));
  CHECK(found.modes == 1);
  CHECK(found.ball == 100);
  CHECK(found.box == 100);
  CHECK(found.kl_high_quality == Approx(std::log(8)).epsilon(1e-12));
  CHECK(found.kl_all == Approx(std::log(8)).epsilon(1e-12));
}

TEST_CASE("Without a point of high quality their divergence is not defined") {
  const auto ring = make_dataset("ring", {});
  const Found found = evaluate(*metric(), *ring, repeated(10, 0, Scalar(1.5)));
  CHECK(found.modes == 0);
  CHECK(found.ball == 0);
  CHECK(found.box == 0);
  CHECK(std::isnan(found.kl_high_quality));
  CHECK(found.kl_all == Approx(std::log(8)).epsilon(1e-12));
}

TEST_CASE("A point that is not finite belongs to no mode and still counts") {
  const Found found = evaluate(*metric(), two_modes(), tensor({2, 2}, {NAN, 0, 10, 0}));
  CHECK(found.modes == 1);
  CHECK(found.ball == 50);
  CHECK(found.kl_all == Approx(std::log(4)).epsilon(1e-12));
}

TEST_CASE("An ideal sampler scores 98.889 % in the ball and 99.461 % in the box") {
  for (const char* name : {"ring", "grid"}) {
    const auto data = make_dataset(name, {});
    constexpr std::size_t kCount = 100000;
    const Found found = evaluate(*metric(), *data, first(*data, Split::test, kCount));
    const auto error = [](double p) { return 500 * std::sqrt(p * (1 - p) / kCount); };
    CHECK(found.modes == static_cast<double>(data->modes()->weights.size()));
    CHECK(std::abs(found.ball - 98.889) < error(0.98889));
    CHECK(std::abs(found.box - 99.461) < error(0.99461));
  }
}

TEST_CASE("The reverse KL of an ideal sampler is (K - 1) / 2n on average") {
  constexpr std::size_t kBatches = 40, kSamples = 2500;
  const auto data = make_dataset("grid", {});
  const auto plugin = metric();
  const Tensor x = first(*data, Split::test, kBatches * kSamples);
  double high_quality = 0, all = 0;
  for (std::size_t i = 0; i < kBatches; ++i) {
    const Found found = evaluate(*plugin, *data, rows(x, i * kSamples, (i + 1) * kSamples));
    high_quality += 2 * kSamples * found.kl_high_quality / kBatches;
    all += 2 * kSamples * found.kl_all / kBatches;
  }
  // 2n KL follows chi square of 24 degrees of freedom, and the mean of 40 has deviation 1.1.
  const double margin = 5 * std::sqrt(2 * 24.0 / kBatches);
  CHECK(all == Approx(24).margin(margin));
  CHECK(high_quality * 0.98889 == Approx(24).margin(margin));
}

TEST_CASE("Each series says what an ideal sampler scores") {
  CHECK(ideal(1, {}, {2}) == "98.889");
  CHECK(ideal(2, {}, {2}) == "99.461");
  CHECK(ideal(1, {}, {1}) == "99.73");
  CHECK(ideal(2, {}, {1}) == "99.73");
  CHECK(ideal(1, {}, {3}) == "97.071");
  CHECK(ideal(1, {}, {4}) == "93.89");  // 1 - 5.5 exp(-4.5)
  CHECK(ideal(1, {{"sigmas", number(1)}}, {2}) == "39.347");
  CHECK(ideal(1, {}, {1200}) == "0");
  CHECK(ideal(3, {}, {2}) == "about (K - 1) / 2n for K modes");
}

TEST_CASE("A dataset that breaks its offer of modes is reported") {
  const GivenDataset none(zeros({1, 2}), zeros({0, 2}));
  CHECK(error_text<PluginError>([&] {
          evaluate(*metric(), none, zeros({1, 2}));
        }) == "the dataset offers modes and has none");
}
