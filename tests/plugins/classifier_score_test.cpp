#include <saddle/base/error.hpp>
#include <saddle/tensor/random.hpp>
#include <saddle/tensor/threads.hpp>

#include "error_text.hpp"
#include "plugins/labelled_data.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numeric>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

const Entries kQuick = {
    {"hidden", list({16})}, {"epochs", number(40)}, {"batch", number(30)}, {"lr", number(0.02)}};

}  // namespace

TEST_CASE("A classifier of well separated classes is right and certain") {
  const Labelled data = three_heaps("separated");
  const auto classifier = LabelClassifier::of(data, quick());
  CHECK(classifier->test_accuracy() == 1);
  const Matrix p = classifier->probabilities(column({0, 1, 2}));
  REQUIRE(p.columns == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(p.row(i)[i] > 0.98);
    CHECK(std::accumulate(p.row(i), p.row(i) + 3, 0.0) == Approx(1).epsilon(1e-14));
  }
}

TEST_CASE("A classifier that can tell nothing apart learns the shares of the labels") {
  const Labelled data({5, 5, 5, 5}, {1, 1, 0, 1}, "constant");
  ClassifierOptions options = quick(600);
  options.batch = 4;
  const Matrix p = LabelClassifier::of(data, options)->probabilities(column({5, 5}));
  CHECK(p.row(0)[1] == Approx(0.75).margin(1e-4));
  CHECK(p.row(1)[0] == Approx(0.25).margin(1e-4));
}

TEST_CASE("The unit of the samples does not matter to the classifier") {
  const auto classifier = LabelClassifier::of(three_heaps("large", 4096), quick());
  CHECK(classifier->test_accuracy() == 1);
  const auto unit = LabelClassifier::of(three_heaps("separated"), quick());
  const double large = classifier->probabilities(column({0.4 * 4096})).row(0)[0];
  CHECK(large == Approx(unit->probabilities(column({0.4})).row(0)[0]).margin(1e-3));
}

TEST_CASE("A classifier is trained once for its data and options") {
  const Labelled data = three_heaps("once");
  const auto first = LabelClassifier::of(data, quick(1));
  CHECK(LabelClassifier::of(three_heaps("once"), quick(1)) == first);
  CHECK(LabelClassifier::of(data, quick(2)) != first);
  CHECK(LabelClassifier::of(three_heaps("another"), quick(1)) != first);
  ClassifierOptions wider = quick(1);
  wider.hidden = {17};
  CHECK(LabelClassifier::of(data, wider) != first);
  CHECK(LabelClassifier::of(Labelled({0, 1}, {0, 1}, "labels"), quick(1)) !=
        LabelClassifier::of(Labelled({0, 1}, {1, 0}, "labels"), quick(1)));
}

TEST_CASE("Training a classifier again gives the same bits, on any number of threads") {
  set_threads(1);
  const auto first = LabelClassifier::of(three_heaps("trained on 1 thread"), quick(3));
  set_threads(3);
  const auto second = LabelClassifier::of(three_heaps("trained on 3 threads"), quick(3));
  set_threads(1);
  REQUIRE(first != second);
  const Tensor x = column({-1, 0.3, 0.5, 1.5, 9});
  CHECK(first->probabilities(x).values == second->probabilities(x).values);
}

TEST_CASE("The classifier's score is that of even classes, of one class, and of none") {
  const Labelled data = three_heaps("separated");
  const auto plugin = make<kinds::metric>("classifier-score", kQuick, metric_setup({1}, 3));
  CHECK(plugin->needs() == std::vector<Need>{Need::real, Need::generated, Need::truth});
  CHECK(plugin->needs_offered() == std::vector<std::string>{"labels"});
  std::vector<std::string> names;
  for (const SeriesInfo& info : plugin->series()) names.push_back(info.name + " " + info.unit);
  CHECK(names == std::vector<std::string>{"score 1", "information nats", "label-entropy nats",
                                          "conditional-entropy nats", "real-score 1",
                                          "accuracy %"});
  CHECK(plugin->series()[0].attributes[1].second ==
        "mlp 16, 40 epochs of batches of 30, Adam 0.02");
  const auto evaluate = [&](const std::vector<double>& real, const std::vector<double>& generated) {
    return plugin->evaluate(snapshot(data, column(real), column(generated)));
  };
  const auto even = evaluate({0, 0, 0}, {0, 1, 2});
  CHECK(even[0] > 2.8);
  CHECK(even[0] <= 3);
  CHECK(even[1] == Approx(std::log(even[0])).epsilon(1e-12));
  CHECK(even[1] == Approx(even[2] - even[3]).epsilon(1e-12));
  CHECK(even[2] == Approx(std::log(3)).margin(1e-3));
  CHECK(even[4] == Approx(1).epsilon(1e-12));
  CHECK(even[5] == 100);
  const auto collapsed = evaluate({0, 1, 2}, {1, 1, 1});
  CHECK(collapsed[0] == Approx(1).epsilon(1e-12));
  CHECK(collapsed[4] == even[0]);
}

TEST_CASE("A sample that is not finite has no class and leaves no score") {
  const Labelled data = three_heaps("separated");
  const auto plugin = make<kinds::metric>("classifier-score", kQuick, metric_setup({1}, 3));
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
        -std::numeric_limits<double>::infinity()}) {
    const auto values = plugin->evaluate(snapshot(data, column({0, 1, 2}), column({0, bad, 2})));
    for (std::size_t i = 0; i < 4; ++i) CHECK(std::isnan(values[i]));
    CHECK(std::isfinite(values[4]));
  }
}

TEST_CASE("Without labels there is nothing to classify") {
  const GivenDataset data(column({0, 1}), column({}));
  CHECK(error_text<SpecError>([&] { LabelClassifier::of(data, quick()); }) ==
        "a classifier needs labels, and the dataset has none. Give it labels.");
}

namespace {

// Accuracy, labels and information of samples near the heaps 0, 1 and 2 with codes of two
// categories.
std::vector<double> code_accuracy(const std::vector<double>& samples,
                                  const std::vector<std::size_t>& codes) {
  const Labelled data = three_heaps("separated");
  MetricSetup setup = metric_setup({1}, samples.size());
  setup.shapes.parts = {{"c", 2, "categorical", std::log(2.0)}, {"z", 1}};
  const auto plugin = make<kinds::metric>("code-accuracy",
                                          {{"code", text("c")},
                                           {"hidden", list({16})},
                                           {"epochs", number(40)},
                                           {"batch", number(30)},
                                           {"lr", number(0.02)}},
                                          setup);
  Tensor chosen = zeros({codes.size(), 2});
  for (std::size_t i = 0; i < codes.size(); ++i) chosen(i, codes[i]) = 1;
  Snapshot::Content content{1, RandomStream(1, "metric")};
  content.generated = column(samples);
  content.latent = Latent({{"c", Variable(chosen)}});
  content.truth = &data;
  return plugin->evaluate(Snapshot(std::move(content)));
}

}  // namespace

TEST_CASE("Each category of a code stands for the label that its samples have most often") {
  const std::vector<double> apart = code_accuracy({0, 0, 2, 2}, {0, 0, 1, 1});
  CHECK(apart == std::vector<double>{100, 2, apart[2]});
  CHECK(apart[2] == Approx(std::log(2.0)));
  // The categories swap nothing; the first has a sample of another label.
  const std::vector<double> mostly = code_accuracy({2, 2, 1, 0}, {0, 0, 0, 1});
  CHECK(mostly == std::vector<double>{75, 2, mostly[2]});
  // H(code) + H(label) - H(code, label) of the shares (3, 1), (2, 1, 1) and (2, 1, 1) of 4.
  CHECK(mostly[2] == Approx(std::log(4.0) - 0.75 * std::log(3.0)));
  const std::vector<double> idle = code_accuracy({0, 1, 0, 1}, {0, 0, 1, 1});
  CHECK(idle[0] == 50);
  CHECK(idle[2] == Approx(0).margin(1e-12));
  const double bad = std::numeric_limits<double>::quiet_NaN();
  for (const double value : code_accuracy({0, bad, 1, 1}, {0, 0, 1, 1})) CHECK(std::isnan(value));
}

TEST_CASE("A code without categories has no accuracy") {
  MetricSetup setup = metric_setup({1}, 3);
  setup.shapes.parts = {{"z", 1, "normal"}};
  CHECK(error_text<SpecError>([&] {
          make<kinds::metric>("code-accuracy", {{"code", text("z")}}, setup);
        }) ==
        "code: the part 'z' is drawn by 'normal', and has no categories. Take a categorical one.");
}
