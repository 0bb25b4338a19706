#include <saddle/bounds/variational.hpp>

#include "experiment/estimators/choice.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace saddle;
using estimators::Listed;
using info::Quantity;
using info::Sample;

namespace {

// Those that split the rows at random and train.
bool is_trained(const Listed& listed) {
  const auto& names = bounds::variational_names();
  return listed.card.name == "auto" ||
         std::find(names.begin(), names.end(), listed.card.name) != names.end();
}

bool takes_symbols(const Listed& listed) {
  return listed.bind(listed.default_options().get()).estimator.takes_ties;
}

// Numbers that depend on one another, or symbols of four values.
Sample sample_for(const Listed& listed) {
  const double grid = takes_symbols(listed) ? 2 : 0;
  const auto cell = [grid](double x) { return grid > 0 ? std::floor(grid * x) : x; };
  Sample sample{Matrix(80, 1), Matrix(0, 0)};
  if (listed.quantity != Quantity::entropy) sample.y = Matrix(80, 1);
  for (std::size_t i = 0; i < 80; ++i) {
    const auto square = static_cast<double>(i * i);
    const double u = std::sin(1.7 * square), v = 0.8 * u + 0.6 * std::cos(2.9 * square + 1);
    sample.x.row(i)[0] = cell(u);
    if (sample.y.rows > 0) sample.y.row(i)[0] = cell(v);
  }
  return sample;
}

Matrix stretched(Matrix points) {
  for (double& x : points.values) x = 8 * x + 32;
  return points;
}
Matrix reversed(Matrix points) {
  std::reverse(points.values.begin(), points.values.end());
  return points;
}

double value_of(const Listed& listed, const Sample& sample) {
  std::vector<std::string> settings = {"error=none"};
  if (listed.quantity == Quantity::mi) settings.emplace_back("permutations=0");
  if (is_trained(listed)) settings.emplace_back("steps=20");
  return estimators::choose(listed.quantity, {listed.card.name}, settings)
      .at(0)
      .assess(sample)
      .estimate.value;
}

template <class Check>
void for_each(Quantity quantity, const Check& check) {
  for (const Listed& listed : estimators::all()) {
    if (listed.quantity != quantity) continue;
    INFO(listed.card.name);
    const Sample sample = sample_for(listed);
    check(listed, sample, Approx(value_of(listed, sample)).margin(1e-9));
  }
}

}  // namespace

TEST_CASE("No information depends on the units of x and y") {
  for_each(Quantity::mi, [](const Listed& listed, const Sample& s, const Approx& value) {
    CHECK(value_of(listed, {stretched(s.x), s.y}) == value);
    CHECK(value_of(listed, {s.x, stretched(s.y)}) == value);
  });
}

TEST_CASE("No information depends on the order of the pairs, but for critics that split them") {
  for_each(Quantity::mi, [](const Listed& listed, const Sample& s, const Approx& value) {
    if (!is_trained(listed)) CHECK(value_of(listed, {reversed(s.x), reversed(s.y)}) == value);
  });
}

TEST_CASE("Information of x and y is that of y and x, but for labels and critics") {
  for_each(Quantity::mi, [](const Listed& listed, const Sample& s, const Approx& value) {
    if (!is_trained(listed) && listed.card.name != "ross")
      CHECK(value_of(listed, {s.y, s.x}) == value);
  });
}

TEST_CASE("A divergence does not depend on common units, nor on the order of the points") {
  for_each(Quantity::kl, [](const Listed& listed, const Sample& s, const Approx& value) {
    CHECK(value_of(listed, {stretched(s.x), stretched(s.y)}) == value);
    CHECK(value_of(listed, {reversed(s.x), s.y}) == value);
    CHECK(value_of(listed, {s.x, reversed(s.y)}) == value);
  });
}

TEST_CASE("An entropy of numbers grows by the logarithm of their unit, one of symbols does not") {
  for_each(Quantity::entropy, [](const Listed& listed, const Sample& s, const Approx&) {
    const double value = value_of(listed, s);
    const double unit = takes_symbols(listed) ? 0 : std::log(8);
    CHECK(value_of(listed, {stretched(s.x), s.y}) == Approx(value + unit).margin(1e-9));
    CHECK(value_of(listed, {reversed(s.x), s.y}) == Approx(value).margin(1e-9));
  });
}
