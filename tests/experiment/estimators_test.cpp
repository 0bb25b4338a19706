#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "experiment/estimators/choice.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace saddle;
using saddle::testing::error_text;

namespace {

// 40 points that no two estimators could find constant, tied or singular.
Matrix points(double phase) {
  Matrix x(40, 1);
  for (std::size_t i = 0; i < 40; ++i)
    x.row(i)[0] = std::sin(1.7 * static_cast<double>(i * i) + phase);
  return x;
}

}  // namespace

TEST_CASE("Every estimator says what it is, and works with the options that it has by default") {
  std::set<std::pair<info::Quantity, std::string>> names;
  for (const estimators::Listed& listed : estimators::all()) {
    const estimators::Card& card = listed.card;
    INFO(estimators::name_of(listed.quantity) << " " << card.name);
    CHECK(names.insert({listed.quantity, card.name}).second);
    for (const std::string& text : {card.doc, card.use, card.cost, card.limits}) {
      CHECK_FALSE(text.empty());
      CHECK(text.back() != '.');
    }
    for (const Field& field : listed.schema.fields()) CHECK_FALSE(field.doc().empty());
    const auto choices = estimators::choose(listed.quantity, {card.name}, {});
    const bool is_entropy = listed.quantity == info::Quantity::entropy;
    const info::Estimate found =
        choices.at(0).assess({points(0), is_entropy ? Matrix(0, 0) : points(1)}).estimate;
    CHECK_FALSE(std::isnan(found.value));
    CHECK(std::isnan(found.baseline) == (listed.quantity != info::Quantity::mi));
  }
  CHECK(names.size() > 15);
}

TEST_CASE("Labels without neighbours of their own leave Ross's estimator uncalibrated") {
  const auto ross = [](std::size_t labels) {
    Matrix x = points(0);
    for (std::size_t i = 0; i < x.rows; ++i) x.row(i)[0] = static_cast<double>(i % labels);
    const auto choices =
        estimators::choose(info::Quantity::mi, {"ross"}, {"permutations=0", "error=none"});
    return choices.at(0).assess({x, points(1)}).estimate;
  };
  CHECK_FALSE(ross(2).has("uncalibrated"));
  CHECK(ross(40).value == Approx(0).margin(1e-12));
  CHECK(ross(40).has("uncalibrated"));
}

TEST_CASE("A setting is for all estimators, or for the one that it names") {
  const auto both =
      estimators::choose(info::Quantity::mi, {"ksg1", "ksg2"}, {"groups=5", "ksg2.k=7", "seed=3"});
  CHECK(both[0].settings().find("k")->text == "3");
  CHECK(both[1].settings().find("k")->text == "7");
  for (const auto& choice : both) {
    CHECK(choice.settings().find("groups")->text == "5");
    CHECK(choice.resampling.seed == 3);
  }
}

TEST_CASE("Resampling that suits the estimator is its default") {
  const auto choices = estimators::choose(info::Quantity::mi, {"ksg1", "gaussian"}, {});
  CHECK(choices[0].resampling.error == "subsampling");
  CHECK(choices[1].resampling.error == "jackknife");
}

TEST_CASE("An entropy has no permutations to set") {
  CHECK(error_text<SpecError>([] {
          estimators::choose(info::Quantity::entropy, {"gaussian"}, {"permutations=3"});
        }) ==
        "--set permutations=3: estimator 'gaussian' has no option 'permutations'. It takes: error, "
        "groups, seed.");
}
