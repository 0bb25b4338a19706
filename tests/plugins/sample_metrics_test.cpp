#include <saddle/base/error.hpp>
#include <saddle/tensor/random.hpp>
#include <saddle/tensor/threads.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <limits>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

constexpr std::size_t kCount = 48;

// A metric, its series and how many of them, from the first, look at generated samples.
struct Case {
  const char* name;
  std::vector<std::string> series;
  std::size_t of_generated;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"frechet-distance", {"distance 1", "floor 1"}, 1},
      {"kid", {"unbiased 1", "biased 1", "deviation 1", "floor 1"}, 3},
      {"precision-recall", {"precision 1", "recall 1", "ideal-precision 1", "ideal-recall 1"}, 2},
      {"density-coverage", {"density 1", "coverage 1"}, 2},
      {"sliced-wasserstein", {"distance 1", "floor 1"}, 1},
      {"ms-ssim", {"generated 1", "real 1"}, 1},
      {"memorisation", {"nearer-to-train 1", "median-to-train 1", "median-to-test 1"}, 3}};
  return all;
}

Tensor noise(const char* name, std::size_t count = kCount) {
  return random_normal(RandomStream(7, name), {count, 12, 12, 1});
}

std::unique_ptr<Metric> metric(const std::string& name, Entries options = {},
                               const Shape& sample = {12, 12, 1}) {
  return make<kinds::metric>(name, options, metric_setup(sample, kCount));
}

const GivenDataset& data() {
  static const GivenDataset given(noise("train"), noise("test"));
  return given;
}

std::vector<double> evaluate(const Metric& metric, const Tensor& generated) {
  return metric.evaluate(snapshot(data(), noise("real"), generated));
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace

TEST_CASE("The metrics of samples name their series with units") {
  for (const Case& one : cases()) {
    INFO(one.name);
    std::vector<std::string> names;
    for (const SeriesInfo& info : metric(one.name)->series()) {
      names.push_back(info.name + " " + info.unit);
      CHECK(info.attributes.front().first == "definition");
      CHECK(info.attributes.back() == std::pair<std::string, std::string>{"n", "48"});
    }
    CHECK(names == one.series);
  }
}

TEST_CASE("One NaN or infinity among generated samples leaves no number about them") {
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Tensor x = noise("generated");
    x(17, 3, 4, 0) = static_cast<Scalar>(bad);
    for (const Case& one : cases()) {
      INFO(one.name);
      const std::vector<double> values = evaluate(*metric(one.name), x);
      REQUIRE(values.size() == one.series.size());
      for (std::size_t i = 0; i < one.of_generated; ++i) CHECK(std::isnan(values[i]));
      for (std::size_t i = one.of_generated; i < values.size(); ++i)
        CHECK(std::isfinite(values[i]));
    }
  }
}

TEST_CASE("A collapsed generator has finite measures") {
  for (const Case& one : cases()) {
    INFO(one.name);
    const std::vector<double> values = evaluate(*metric(one.name), full({kCount, 12, 12, 1}, 0.5));
    for (std::size_t i = 0; i < values.size(); ++i)
      // Without subsets the discrepancy has no deviation over them.
      CHECK((std::isfinite(values[i]) || one.series[i] == "deviation 1"));
  }
}

TEST_CASE("The metrics of samples give the same bits on any number of threads") {
  const Tensor x = noise("generated");
  for (const Case& one : cases()) {
    INFO(one.name);
    set_threads(1);
    const std::vector<double> alone = evaluate(*metric(one.name), x);
    for (const std::size_t count : {2U, 3U}) {
      set_threads(count);
      CHECK(same_bits(evaluate(*metric(one.name), x), alone));
    }
    set_threads(1);
  }
}

TEST_CASE("Too few test samples leave the floor undefined") {
  const GivenDataset few(noise("train"), noise("test", kCount - 1));
  for (const char* name : {"frechet-distance", "kid", "sliced-wasserstein", "precision-recall"}) {
    INFO(name);
    const std::vector<double> values =
        metric(name)->evaluate(snapshot(few, noise("real"), noise("generated")));
    CHECK(std::isfinite(values.front()));
    CHECK(std::isnan(values.back()));
  }
}

TEST_CASE("Samples may be compared by the discriminator's features or one of its layers") {
  // The features are the samples' last number alone, the layer's output their first, doubled.
  const auto numbers = [](const Tensor& x, std::size_t from, double factor) {
    Tensor out = empty({x.shape(0), 1});
    for (std::size_t i = 0; i < x.shape(0); ++i) out(i, 0) = x(i, from) * Scalar(factor);
    return out;
  };
  Snapshot::Content content{0, RandomStream(1, "metric")};
  content.real = tensor({3, 2}, {0, 0, 0, 0, 0, 0});
  content.generated = tensor({3, 2}, {1, 10, 1, 10, 1, 10});
  const GivenDataset truth(zeros({3, 2}), zeros({3, 2}));
  content.truth = &truth;
  content.discriminate = [&](const Batch& batch) {
    Outputs outputs(Variable(numbers(batch.x.value(), 0, 0)));
    outputs.set("features", Variable(numbers(batch.x.value(), 1, 1)));
    return outputs;
  };
  content.layer = [&](const Batch& batch, const std::string& path) {
    CHECK(path == "body.0");
    return numbers(batch.x.value(), 0, 2);
  };
  const Snapshot seen(std::move(content));
  const auto distance = [&](Entries options) {
    return metric("sliced-wasserstein", options, {2})->evaluate(seen)[0];
  };
  CHECK(distance({{"space", text("features")}}) == 10);
  CHECK(distance({{"layer", text("body.0")}}) == 2);
  CHECK(metric("frechet-distance", {{"layer", text("body.0")}}, {2})->evaluate(seen)[0] == 4);
}

TEST_CASE("What a space takes from the discriminator or the labels is declared as a need") {
  for (const Case& one : cases()) {
    if (one.name == std::string("ms-ssim")) continue;
    INFO(one.name);
    const auto features = metric(one.name, {{"space", text("features")}});
    const bool compares_splits = one.name == std::string("memorisation");
    const auto with_split = [&](std::vector<std::string> needs) {
      if (compares_splits) needs.emplace_back("test-split");
      return needs;
    };
    CHECK(features->needs_offered() == with_split({"features"}));
    CHECK(features->needs().back() == Need::discriminator);
    const auto layer = metric(one.name, {{"layer", text("body.1")}});
    CHECK(layer->needs_offered() == with_split({}));
    CHECK(layer->layers() == std::vector<std::string>{"body.1"});
    CHECK(layer->needs().back() == Need::layers);
    const auto attributes = layer->series()[0].attributes;
    CHECK(attributes[attributes.size() - 2] ==
          std::pair<std::string, std::string>{"space", "discriminator's layer body.1"});
    CHECK(metric(one.name)->needs_offered() == with_split({}));
    CHECK(metric(one.name)->needs().back() == Need::truth);
    const auto classifier = metric(one.name, {{"space", text("classifier")}});
    CHECK(classifier->needs_offered() == with_split({"labels"}));
    CHECK(classifier->needs().back() == Need::truth);
    for (const char* space : {"features", "classifier"})
      CHECK(error_text<SpecError>([&] {
              metric(one.name, {{"space", text(space)}, {"layer", text("body.1")}});
            }) ==
            std::string("layer and space: ") + space + " exclude each other. Give one of them.");
  }
}
