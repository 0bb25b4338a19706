#include <saddle/info/frechet.hpp>

#include "plugins/labelled_data.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace saddle;
using namespace saddle::test;

TEST_CASE("A classifier's features are what its last hidden layer gives") {
  const Labelled data = three_heaps("features");
  const auto classifier = LabelClassifier::of(data, quick(1));
  const double bad = std::numeric_limits<double>::infinity();
  const Matrix found = classifier->features(column({0, bad, 2}));
  REQUIRE(found.rows == 3);
  REQUIRE(found.columns == 16);
  double sum = 0;
  for (std::size_t j = 0; j < 16; ++j) {
    // Behind a rectifier.
    CHECK(found.row(0)[j] >= 0);
    CHECK(std::isnan(found.row(1)[j]));
    sum += found.row(0)[j];
  }
  CHECK(sum > 0);
  ClassifierOptions flat = quick(1);
  flat.hidden = {};
  // Without hidden layers, standardised samples.
  const Matrix plain =
      LabelClassifier::of(Labelled({-2, 2}, {0, 1}, "two"), flat)->features(column({0, 3}));
  CHECK(plain.values == std::vector<double>{0, 1.5});
}

TEST_CASE("Samples may be compared by what a classifier of their labels makes of them") {
  const Labelled data = three_heaps("compared");
  const Tensor real = column({0, 1, 2, 0.1}), generated = column({0.4, 1.4, 1.6, 2});
  const auto classifier = LabelClassifier::of(data, {});
  const auto metric = make<kinds::metric>("frechet-distance", {{"space", text("classifier")}},
                                          metric_setup({1}, 4));
  CHECK(metric->evaluate(snapshot(data, real, generated))[0] ==
        info::frechet_distance(classifier->features(real), classifier->features(generated)));
  CHECK(metric->series()[0].attributes[2] ==
        std::pair<std::string, std::string>{
            "space",
            "last hidden layer of a classifier of the labels: mlp 256, 5 epochs of batches of "
            "128, Adam 0.001"});
}
