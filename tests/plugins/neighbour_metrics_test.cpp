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

constexpr std::size_t kCount = 2000;

Tensor normals(const std::string& name, double mean) {
  return Tensor(random_normal(RandomStream(1, name), {kCount, 1}) + static_cast<Scalar>(mean));
}

MetricSetup setup(const std::string& law, std::size_t size) {
  return {{{size}, {{"c", size, law}}, {1}, {1}, 0}, kCount};
}

std::unique_ptr<Metric> metric(const std::string& name, Entries options,
                               const MetricSetup& given = metric_setup({1}, kCount)) {
  return make<kinds::metric>(name, options, given);
}

// The values by the names of their series.
std::map<std::string, double> evaluate(const Metric& metric, const Snapshot& snapshot) {
  const auto series = metric.series();
  const auto values = metric.evaluate(snapshot);
  REQUIRE(series.size() == values.size());
  std::map<std::string, double> named;
  for (std::size_t i = 0; i < values.size(); ++i) named[series[i].name] = values[i];
  return named;
}

const GivenDataset& no_truth() {
  static const GivenDataset truth(tensor({1, 1}, {0}), tensor({0, 1}, {}));
  return truth;
}

}  // namespace

TEST_CASE("The entropy of samples as from a Gaussian is that of the Gaussian within its error") {
  const auto plugin = metric("entropy-neighbours", {});
  const auto found = evaluate(*plugin, snapshot(no_truth(), normals("a", 0), normals("b", 5)));
  const double truth = 0.5 * (1 + std::log(2 * M_PI));
  for (const std::string whose : {"generated", "real"}) {
    INFO(whose << ": " << found.at(whose) << " +- " << found.at(whose + "-error"));
    CHECK(std::abs(found.at(whose) - truth) < 3 * found.at(whose + "-error"));
    CHECK(found.at(whose + "-error") < 0.05);
  }
}

TEST_CASE("Samples with twins are flagged") {
  Tensor twins = normals("a", 0);
  twins(1, 0) = twins(0, 0);
  const auto found =
      evaluate(*metric("entropy-neighbours", {}), snapshot(no_truth(), twins, normals("b", 0)));
  constexpr int kTies = 8;
  CHECK((static_cast<int>(found.at("real-flags")) & kTies) == kTies);
  CHECK((static_cast<int>(found.at("generated-flags")) & kTies) == 0);
}

TEST_CASE("A generator that has collapsed to a point has no estimate, and the run goes on") {
  const Tensor point = tensor({4, 1}, {1, 1, 1, 1});
  const auto found =
      evaluate(*metric("entropy-neighbours", {}), snapshot(no_truth(), normals("a", 0), point));
  CHECK(std::isnan(found.at("generated")));
  CHECK(std::isnan(found.at("generated-flags")));
  CHECK(std::isfinite(found.at("real")));
}

TEST_CASE("KL of Gaussians one deviation apart is 1/2 both ways, and by the known density") {
  const auto data =
      make_dataset("gaussian-mixture", {{"means", lists({{0}})}, {"sigmas", list({1})}});
  const auto plugin = metric("kl-neighbours", {{"density", Value::scalar("true")}});
  CHECK(plugin->needs_offered() == std::vector<std::string>{"log-density"});
  const auto found = evaluate(*plugin, snapshot(*data, normals("a", 0), normals("b", 1)));
  for (const std::string way : {"forward", "reverse", "reverse-by-density"}) {
    INFO(way << ": " << found.at(way) << " +- " << found.at(way + "-error"));
    CHECK(std::abs(found.at(way) - 0.5) < 3 * found.at(way + "-error"));
    CHECK(found.at(way + "-error") < 0.1);
  }
}

TEST_CASE("Adaptive numbers of neighbours are another estimate of the same") {
  const auto plugin = metric("kl-neighbours", {{"adaptive", Value::scalar("true")}});
  CHECK(plugin->needs_offered().empty());
  const auto found = evaluate(*plugin, snapshot(no_truth(), normals("a", 0), normals("b", 1)));
  CHECK(std::abs(found.at("forward") - 0.5) < 3 * found.at("forward-error"));
  CHECK(plugin->series()[0].attributes[1].second == "Wang-Kulkarni-Verdu, adaptive k");
}

namespace {

// A code of four categories in turn, and samples around the numbers that `centre` gives them.
template <class Centre>
Snapshot coded(const Centre& centre) {
  Tensor code = zeros({kCount, 4}), samples = normals("s", 0);
  for (std::size_t i = 0; i < kCount; ++i) {
    code(i, i % 4) = 1;
    samples(i, 0) = static_cast<Scalar>(centre(i % 4)) + Scalar{0.01F} * samples(i, 0);
  }
  Snapshot::Content content{0, RandomStream(1, "metric"), {}, samples};
  content.latent = Latent({{"c", Variable(code)}});
  return Snapshot(std::move(content));
}

}  // namespace

TEST_CASE("A code that places the samples is known from them, one that does not is not") {
  const auto plugin = metric("mi-neighbours", {}, setup("categorical", 4));
  const auto placed = evaluate(*plugin, coded([](std::size_t c) { return c; }));
  INFO(placed.at("value") << " +- " << placed.at("value-error"));
  CHECK(placed.at("value") == Approx(std::log(4)).margin(0.01));
  CHECK(std::abs(placed.at("value-baseline")) < 0.05);
  const auto lost = evaluate(*plugin, coded([](std::size_t) { return 0; }));
  CHECK(std::abs(lost.at("value")) < 4 * lost.at("value-error"));
}

TEST_CASE("A latent with a density gets noise of stated size, a code none, unless it is given") {
  const auto sigma = [](const std::string& law, Entries options) {
    const auto plugin = metric("mi-neighbours", options, setup(law, 1));
    return plugin->series()[0].attributes[3];
  };
  CHECK(sigma("normal", {}) == std::pair<std::string, std::string>{"sigma", "0.1"});
  CHECK(sigma("categorical", {}).second == "0");
  CHECK(sigma("categorical", {{"sigma", number(2)}}).second == "2");
}

TEST_CASE("A part of the latent that there is not is refused") {
  CHECK(error_text<SpecError>([] {
          metric("mi-neighbours", {{"part", text("d")}}, setup("normal", 1));
        }).find("'d'") != std::string::npos);
}
