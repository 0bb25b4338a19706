#include <saddle/base/error.hpp>
#include <saddle/info/estimate.hpp>
#include <saddle/info/symbols.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

namespace {

using Flags = std::vector<std::string>;

const Matrix kNothing(0, 0);

Resampling resampled(const std::string& error, std::size_t groups) {
  Resampling r;
  r.error = error;
  r.groups = groups;
  return r;
}

// The mean of x, for which resampling has closed forms.
Estimator mean_of_x(Quantity quantity = Quantity::entropy) {
  Estimator e;
  e.quantity = quantity;
  e.is_positive = false;
  e.value = [](const Sample& s) {
    double sum = 0;
    for (const double x : s.x.values) sum += x;
    return sum / static_cast<double>(s.x.rows);
  };
  return e;
}

// Says the same of every sample.
Estimator constant(Quantity quantity, double value) {
  Estimator e;
  e.quantity = quantity;
  e.value = [value](const Sample&) { return value; };
  return e;
}

Flags flags_of(const Estimator& e, const Sample& sample) {
  return assess(e, "test", sample, resampled("none", 2)).flags;
}

std::string complaint(const Estimator& e, const Sample& sample) {
  return error_text<DataError>([&] { assess(e, "test", sample, {}); });
}

}  // namespace

TEST_CASE("Equal rows are one symbol, numbered in lexicographic order") {
  CHECK(symbols_of(matrix_of({{2, 1}, {1, 9}, {2, 1}, {2, 0}})) ==
        std::vector<std::size_t>{2, 0, 2, 1});
  CHECK(symbols_of(line_of({0.0, -0.0})) == std::vector<std::size_t>{0, 0});
  CHECK(symbol_counts({2, 0, 2, 1}) == std::vector<double>{1, 1, 2});
}

TEST_CASE("Both errors of a mean are its standard error where each row is a group") {
  // Deviations -2, -1, 1, 2: s^2 = 10 / 3, and s^2 / n = 10 / 12.
  const Sample sample{line_of({1, 2, 4, 5}), kNothing};
  Estimator e = mean_of_x();
  CHECK(assess(e, "test", sample, resampled("jackknife", 4)).standard_error ==
        Approx(std::sqrt(10.0 / 12)).epsilon(1e-14));
  e.least_rows = [](const Sample&) { return std::size_t{1}; };
  CHECK(assess(e, "test", sample, resampled("subsampling", 4)).standard_error ==
        Approx(std::sqrt(10.0 / 12)).epsilon(1e-14));
  CHECK(std::isnan(assess(e, "test", sample, resampled("none", 4)).standard_error));
}

TEST_CASE("Groups are as many as leave each resample the rows that the estimator needs") {
  const Sample sample{line_of({1, 2, 4, 5}), kNothing};
  Estimator e = mean_of_x();
  std::size_t fewest = 4;
  const auto mean = e.value;
  e.value = [&](const Sample& s) {
    fewest = std::min(fewest, s.x.rows);
    return mean(s);
  };
  CHECK(std::isfinite(assess(e, "test", sample, resampled("subsampling", 10)).standard_error));
  CHECK(fewest == 2);
  e.least_rows = [](const Sample&) { return std::size_t{4}; };
  CHECK(std::isnan(assess(e, "test", sample, resampled("subsampling", 10)).standard_error));
  CHECK(std::isnan(assess(e, "test", sample, resampled("jackknife", 10)).standard_error));
}

TEST_CASE("A bias of more than two standard errors makes an estimate uncalibrated") {
  // A bias of 2.5 for eight rows, whose mean has a standard error of 0.6.
  Estimator e = mean_of_x();
  const auto mean = e.value;
  e.value = [&](const Sample& s) { return mean(s) + 20.0 / static_cast<double>(s.x.rows); };
  const Sample sample{line_of({1, 2, 4, 5, 1, 2, 4, 5}), kNothing};
  CHECK(assess(e, "test", sample, resampled("jackknife", 8)).has("uncalibrated"));
  CHECK_FALSE(assess(mean_of_x(), "test", sample, resampled("jackknife", 8)).has("uncalibrated"));
}

TEST_CASE("The baseline is the mean over shufflings of the rows of y, x untouched") {
  Estimator e = constant(Quantity::mi, 0);
  // The sum of x y / 100 depends on the order of y; that of its other column does not, while x
  // stays in place.
  e.value = [](const Sample& s) {
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i)
      sum += s.x.row(i)[0] * s.y.row(i)[0] / 100 + s.y.row(i)[1] * (s.x.row(i)[0] == double(i));
    return sum;
  };
  const Sample sample{line_of({0, 1, 2}), matrix_of({{0, 1}, {100, 1.5}, {200, 2}})};
  const Estimate found = assess(e, "test", sample, resampled("none", 2), Baseline{200});
  CHECK(found.value == 9.5);
  // The mean of the products over all orders is 3; its spread over 200 of them 0.1.
  CHECK(found.baseline == Approx(3 + 4.5).margin(0.35));
  CHECK(found.baseline == assess(e, "test", sample, resampled("none", 2), Baseline{200}).baseline);
  CHECK(std::isnan(assess(e, "test", sample, resampled("none", 2), Baseline{0}).baseline));
}

TEST_CASE("Flags say what is wrong with a value, which stays as it is") {
  const Sample pairs{line_of({1, 2, 3, 4}), line_of({1, 3, 2, 4})};
  CHECK(flags_of(constant(Quantity::mi, 0.5), pairs).empty());
  CHECK(flags_of(constant(Quantity::mi, -0.1), pairs) == Flags{"negative"});
  CHECK(assess(constant(Quantity::mi, -0.1), "test", pairs, {}).value == -0.1);
  CHECK(flags_of(mean_of_x(), {line_of({-1, -2}), kNothing}).empty());
  CHECK(flags_of(constant(Quantity::kl, INFINITY), pairs) == Flags{"ties", "uncalibrated"});
  Estimator capped = constant(Quantity::mi, 0.95);
  capped.ceiling = [](const Sample&) { return 1.0; };
  CHECK(flags_of(capped, pairs) == Flags{"saturated", "uncalibrated"});
  Estimator narrow = constant(Quantity::mi, 0.5);
  narrow.in_range = [](const Sample& s) { return s.x.columns < 1; };
  CHECK(flags_of(narrow, pairs) == Flags{"uncalibrated"});
}

TEST_CASE("Information above the entropy of a discrete side is flagged") {
  // Half a bit of each: ln 2 + 1 / 8 by Miller and Madow.
  const Sample bits{line_of({0, 1, 0, 1}), line_of({1, 2, 3, 4})};
  Estimator e = constant(Quantity::mi, std::log(2) + 0.13);
  e.takes_ties = true;
  CHECK(flags_of(e, bits) == Flags{"exceeds-entropy"});
  CHECK(flags_of(e, {bits.y, bits.x}) == Flags{"exceeds-entropy"});
  CHECK(flags_of(e, {bits.y, bits.y}).empty());
  e.value = [](const Sample&) { return std::log(2) + 0.12; };
  CHECK(flags_of(e, bits).empty());
}

TEST_CASE("Ties are told by their share, and flagged for estimators of densities") {
  const Sample sample{line_of({1, 1, 2, 3}), line_of({1, 2, 3, 4})};
  Estimator e = constant(Quantity::mi, 0.5);
  const Estimate found = assess(e, "test", sample, {});
  CHECK(found.duplicates == 0.5);
  CHECK(found.flags == Flags{"ties"});
  e.takes_ties = true;
  CHECK(assess(e, "test", sample, {}).flags.empty());
}

TEST_CASE("A sample that an estimator cannot take is refused") {
  const Estimator mi = constant(Quantity::mi, 0), kl = constant(Quantity::kl, 0);
  CHECK(complaint(mi, {line_of({1, 2}), line_of({1, 2, 3})}) ==
        "test: x [2, 1] and y [3, 1] have different numbers of rows, and information is between "
        "pairs.");
  CHECK(complaint(kl, {line_of({1, 2}), matrix_of({{1, 2}, {3, 4}})}) ==
        "test: x [2, 1] and y [2, 2] have different numbers of columns, and KL is between laws of "
        "one space.");
  CHECK(complaint(kl, {line_of({1, 2}), line_of({1, NAN})}) ==
        "test: y holds .nan in row 1, column 0. Mend it, or leave its row out.");
  CHECK(complaint(mean_of_x(), {matrix_of({{1, 7}, {2, 7}}), kNothing}) ==
        "test: column 1 of x is 7 in every row, where no density exists. Leave it out.");
  CHECK(complaint(mean_of_x(), {line_of({1}), kNothing}) ==
        "test: needs at least 2 rows, and x is [1, 1].");
  CHECK(complaint(kl, {line_of({1, 2}), line_of({})}) ==
        "test: needs at least 2 rows, and y is [0, 1].");
}
