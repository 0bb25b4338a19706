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

std::unique_ptr<Metric> metric(const std::string& name, Entries options, const Shape& sample) {
  return make<kinds::metric>(name, options, metric_setup(sample, 4));
}

Snapshot with_latent(const Dataset& truth, const Tensor& generated, const Tensor& latent) {
  return Snapshot({0,
                   RandomStream(1, "metric"),
                   {},
                   generated,
                   {},
                   Latent({{"z", Variable(latent)}}),
                   &truth,
                   {},
                   {},
                   {}});
}

const Value kZero = list({0}), kFour = list({4});

}  // namespace

TEST_CASE("Histogram entropy is the discrete one of the cells") {
  const GivenDataset truth(column({0}), column({}));
  const auto plugin =
      metric("entropy-histogram", {{"bins", number(4)}, {"low", kZero}, {"high", kFour}}, {1});
  const auto values =
      plugin->evaluate(snapshot(truth, column({0.5, 1.5, 2.5, 9}), column({0.5, 0.6, 1.5, 1.6})));
  CHECK(values[0] == Approx(std::log(2)));
  CHECK(values[1] == Approx(std::log(4)));  // the point outside is a cell of its own
  CHECK(values[2] == Approx(std::log(5)));
}

TEST_CASE("Mode entropy of a generator that keeps two of four modes is ln 2") {
  const Modes modes{tensor({4, 1}, {0, 1, 2, 3}), {0.1, 0.1, 0.1, 0.1}, {0.25, 0.25, 0.25, 0.25}};
  const GivenDataset truth(column({0}), column({}), modes);
  const auto plugin = metric("mode-entropy", {}, {1});
  const auto two = plugin->evaluate(snapshot(truth, column({0}), column({0.1, 2.9, 3.3, -0.2})));
  CHECK(two[0] == Approx(std::log(2)));
  CHECK(two[1] == Approx(std::log(2)));
  const auto one = plugin->evaluate(snapshot(truth, column({0}), column({1, 1.1, 0.9, 1})));
  CHECK(one[0] == 0);
  CHECK(one[1] == Approx(std::log(4)));
}

TEST_CASE("Mutual information of latent and sample: all where they agree, none where constant") {
  const GivenDataset truth(column({0}), column({}));
  const Entries options = {
      {"latent_bins", number(2)}, {"bins", number(4)}, {"low", kZero}, {"high", kFour}};
  const auto plugin = metric("mi-histogram", options, {1});
  const Tensor latent = column({-2, -1, 1, 2});
  // Below and above the median of z, in bins 0 and 3.
  const auto copied = plugin->evaluate(with_latent(truth, column({0.5, 0.6, 3.5, 3.6}), latent));
  CHECK(copied[0] == Approx(std::log(2)));
  CHECK(copied[2] == Approx(std::log(2)));
  const auto constant = plugin->evaluate(with_latent(truth, column({1, 1, 1, 1}), latent));
  CHECK(constant[0] == Approx(0).margin(1e-15));
  CHECK(constant[1] == Approx(0).margin(1e-15));
  CHECK(constant[2] == 0);
}

TEST_CASE("A latent may be binned by width, with the values beyond in the outer bins") {
  const GivenDataset truth(column({0}), column({}));
  const auto plugin = metric("mi-histogram",
                             {{"latent_bins", number(2)},
                              {"latent_low", number(0)},
                              {"latent_high", number(1)},
                              {"bins", number(4)},
                              {"low", kZero},
                              {"high", kFour}},
                             {1});
  const auto values =
      plugin->evaluate(with_latent(truth, column({0.5, 3.5, 3.5, 3.5}), column({-9, 0.6, 0.7, 9})));
  // One in four lies in the lower half: H(1/4).
  CHECK(values[0] == Approx(-0.25 * std::log(0.25) - 0.75 * std::log(0.75)));
}

TEST_CASE("The collapse ladder has its exact values within five standard errors") {
  constexpr std::size_t kCount = 20000;
  const Shapes shapes{{3}, {{"mode", 1, "uniform"}, {"z", 2}}, {2}, {2}, 0};
  const auto ring = make_dataset("ring", {{"radius", number(2)}, {"sigma", number(0.1)}});
  const Tensor real = first(*ring, Split::train, kCount);
  const Latent latent(
      {{"mode", Variable(random_uniform(RandomStream(3, "mode"), {kCount, 1}, 0, 1))},
       {"z", Variable(random_normal(RandomStream(3, "z"), {kCount, 2}))}});
  const Entries bins = {{"bins", number(20)}, {"low", list({-2.5})}, {"high", list({2.5})}};
  const auto kl = metric("kl-histogram", bins, {2});
  const auto modes = metric("mode-entropy", {}, {2});
  for (const double keep : {8, 7, 4, 1}) {
    INFO("keep " << keep);
    const auto generator = make<kinds::generator>(
        "ring", {{"keep", number(keep)}, {"radius", number(2)}, {"sigma", number(0.1)}}, shapes);
    Context context(Mode::evaluate, 0, RandomStream(1, ""));
    const Tensor x = generator->forward(latent, context).x().value();
    const double exact = std::log(8 / keep);
    // The shares of m modes in n samples: the entropy's bias is (m - 1) / 2n, its error below that;
    // the KL has the error of ln p of the kept modes, sqrt(8 / n) each, and about 100 cells.
    CHECK(modes->evaluate(snapshot(*ring, real, x))[1] == Approx(exact).margin(5 * 8.0 / kCount));
    CHECK(kl->evaluate(snapshot(*ring, real, x))[1] ==
          Approx(exact).margin(5 * std::sqrt(8 / keep / kCount) + 100.0 / kCount));
  }
}

TEST_CASE("The rows of a discrete latent part are told apart by their values") {
  const GivenDataset truth(column({0}), column({}));
  const auto plugin =
      make<kinds::metric>("mi-histogram", {{"bins", number(4)}, {"low", kZero}, {"high", kFour}},
                          MetricSetup{{{4}, {{"z", 4, "codebook"}}, {1}, {1}, 0}, 4});
  const Tensor latent = tensor({4, 4}, {1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8});
  const auto values = plugin->evaluate(with_latent(truth, column({0.5, 0.6, 3.5, 3.6}), latent));
  CHECK(values[0] == Approx(std::log(2)));
  CHECK(values[2] == Approx(std::log(2)));
  const auto narrow =
      make<kinds::metric>("mi-histogram", {{"bins", number(4)}, {"low", kZero}, {"high", kFour}},
                          MetricSetup{{{2}, {{"z", 2, "categorical"}}, {1}, {1}, 0}, 4});
  const Tensor codes = tensor({4, 2}, {1, 0, 0, 1, 1, 0, 0, 1});
  CHECK(narrow->evaluate(with_latent(truth, column({0.5, 1.6, 2.5, 3.6}), codes))[2] ==
        Approx(std::log(2)));
}

TEST_CASE("A continuous latent part of more than three numbers has no bins") {
  CHECK(error_text<SpecError>([] {
          make<kinds::metric>("mi-histogram", {}, MetricSetup{{{4}, {{"z", 4}}, {1}, {1}, 0}, 4});
        }) ==
        "part: expected a discrete part of the latent, or at most 3 numbers to lay bins along, "
        "found 'z' of 4. Take mi-neighbours for it.");
}

TEST_CASE("Mutual information of label and real sample") {
  const GivenDataset truth(column({0}), column({}));
  const auto plugin = metric(
      "mi-histogram",
      {{"between", text("label")}, {"bins", number(4)}, {"low", kZero}, {"high", kFour}}, {1});
  CHECK(plugin->needs_offered() == std::vector<std::string>{"labels"});
  const Snapshot seen({0,
                       RandomStream(1, "metric"),
                       column({0.5, 0.5, 1.5, 1.5}),
                       {},
                       Labels{0, 0, 1, 0},
                       {},
                       &truth,
                       {},
                       {},
                       {}});
  // H(label) = H(1/4), H(label | x) = ln 2 / 2.
  const double expected = -0.25 * std::log(0.25) - 0.75 * std::log(0.75) - 0.5 * std::log(2);
  CHECK(plugin->evaluate(seen)[0] == Approx(expected));
}

TEST_CASE("An unknown latent part is refused with those that there are") {
  CHECK(error_text<SpecError>([] {
          metric("mi-histogram", {{"part", text("c")}}, {1});
        }) == "part: the latent has no part 'c'. Did you mean 'z'? It has: z.");
}

TEST_CASE("The ring generator draws the modes that it keeps, in the dataset's places") {
  const Shapes shapes{{3}, {{"mode", 1, "uniform"}, {"z", 2}}, {2}, {2}, 0};
  const auto generator = make<kinds::generator>(
      "ring", {{"keep", number(4)}, {"radius", number(2)}, {"sigma", number(0)}}, shapes);
  const Latent latent(
      {{"mode", Variable(column({0.1, 0.3, 0.6, 0.9999999}))}, {"z", Variable(zeros({4, 2}))}});
  Context context(Mode::evaluate, 0, RandomStream(1, ""));
  const Tensor x = generator->forward(latent, context).x().value();
  const auto ring = make_dataset("ring", {{"radius", number(2)}})->modes();
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t j = 0; j < 2; ++j) CHECK(x(k, j) == Approx(ring->centres(k, j)).margin(1e-6));
}
