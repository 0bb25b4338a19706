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

Tensor column(const std::vector<double>& numbers) { return tensor({numbers.size(), 1}, numbers); }

std::unique_ptr<Metric> metric(const std::string& name, Entries options) {
  return make<kinds::metric>(name, options, metric_setup({1}, 4));
}

// Real and generated samples, before a discriminator that gives three times what it sees, and whose
// layer "body.0" gives twice as much.
Snapshot before_a_line(const Tensor& real, const Tensor& generated) {
  Snapshot::Content content{0, RandomStream(1, "metric"), real, generated};
  content.discriminate = [](const Batch& batch) {
    return Outputs(Variable(Tensor(batch.x.value() * Scalar{3})));
  };
  content.layer = [](const Batch& batch, const std::string&) {
    return Tensor(batch.x.value() * Scalar{2});
  };
  return Snapshot(std::move(content));
}

}  // namespace

TEST_CASE("Logits of plus and minus 3 are a KL of 3 both ways") {
  const auto values =
      metric("logit-divergences", {})->evaluate(before_a_line(column({1, 1}), column({-1, -1})));
  CHECK(values[0] == Approx(3));
  CHECK(values[1] == Approx(3));
  CHECK(values[2] == Approx(std::log(2) - std::log1p(std::exp(-3))));
}

TEST_CASE("Of the logit of a tuple each of its samples has an equal part") {
  MetricSetup setup = metric_setup({1}, 4);
  setup.shapes.input = {2};
  const auto values = make<kinds::metric>("logit-divergences", {}, setup)
                          ->evaluate(before_a_line(column({1, 1}), column({-1, -1})));
  CHECK(values[0] == Approx(1.5));
  CHECK(values[1] == Approx(1.5));
  // Of tuples there is no part.
  CHECK(values[2] == Approx(std::log(2) - std::log1p(std::exp(-3))));
}

TEST_CASE("Logits of 0 are no divergence, and false ones give less than none") {
  const auto plugin = metric("logit-divergences", {});
  const auto none = plugin->evaluate(before_a_line(column({0, 0}), column({0, 0})));
  CHECK(none[0] == 0);
  CHECK(none[1] == 0);
  CHECK(none[2] == Approx(0).margin(1e-15));
  const auto wrong = plugin->evaluate(before_a_line(column({-1, -1}), column({1, 1})));
  CHECK(wrong[0] == Approx(-3));
  CHECK(wrong[2] == Approx(std::log(2) - std::log1p(std::exp(3))));
}

TEST_CASE("Samples far beyond the noise tell the whole latent, as far as n can show") {
  const auto plugin = metric("latent-information", {{"sigma", number(0.01)}});
  const auto values = plugin->evaluate(before_a_line(column({0, 0}), column({0, 5})));
  CHECK(values[0] == Approx(std::log(2)));
  CHECK(values[1] > 1e4);
  CHECK(values[2] == Approx(std::log(2)));
}

TEST_CASE("A collapsed generator tells nothing of its latent") {
  const auto plugin = metric("latent-information", {});
  const auto values = plugin->evaluate(before_a_line(column({0, 0}), column({7, 7})));
  CHECK(values[0] == Approx(0).margin(1e-12));
  CHECK(values[1] == Approx(0).margin(1e-12));
}

TEST_CASE("A layer that tells real from generated far beyond the noise has ln 2 of the label") {
  const auto plugin = metric("information-plane", {{"layers", Value::sequence({text("body.0")})}});
  const Tensor zeros = column({0, 0, 0, 0}), nines = column({9, 9, 9, 9});
  const auto apart = plugin->evaluate(before_a_line(zeros, nines));
  // Of eight inputs four look the same.
  CHECK(apart[0] == Approx(std::log(2)));
  // psi(3) + psi(8) - psi(4) - psi(3): the third neighbour is the last of four of the label.
  CHECK(apart[2] == Approx(1.0 / 4 + 1.0 / 5 + 1.0 / 6 + 1.0 / 7));
  const auto same = plugin->evaluate(before_a_line(nines, nines));
  CHECK(same[0] == Approx(0).margin(1e-12));
  CHECK(same[1] == Approx(0).margin(1e-12));
}

TEST_CASE("A layer that is not finite has no place on the information plane") {
  const auto plugin = metric("information-plane", {{"layers", Value::sequence({text("body.0")})}});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double value :
       plugin->evaluate(before_a_line(column({0, 0, 0, 0}), column({0, 0, 0, nan}))))
    CHECK(std::isnan(value));
}

TEST_CASE("The information plane wants to know its layers") {
  const auto plugin = metric("information-plane", {{"layers", Value::sequence({text("a.b")})}});
  const auto series = plugin->series();
  REQUIRE(series.size() == 3);
  CHECK(series[0].name == "a.b-input-lower");
  CHECK(series[1].name == "a.b-input-upper");
  CHECK(series[2].name == "a.b-label");
  CHECK(error_text<SpecError>([] {
          metric("information-plane", {{"layers", Value::sequence({})}});
        }) == "layers: expected at least one.");
}
