#include <saddle/info/estimate.hpp>

#include <saddle/base/error.hpp>
#include <saddle/info/discrete.hpp>
#include <saddle/info/neighbours.hpp>
#include <saddle/info/symbols.hpp>

#include "base/text.hpp"
#include "info/pairs.hpp"
#include "info/resampling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string size_text(const Matrix& points) {
  return "[" + std::to_string(points.rows) + ", " + std::to_string(points.columns) + "]";
}

// Throws for a matrix that is not finite.
void check_finite(const std::string& name, const char* side, const Matrix& points) {
  for (std::size_t i = 0; i < points.rows; ++i)
    for (std::size_t j = 0; j < points.columns; ++j)
      if (!std::isfinite(points.row(i)[j]))
        throw DataError(name + ": " + side + " holds " + number_text(points.row(i)[j]) +
                        " in row " + std::to_string(i) + ", column " + std::to_string(j) +
                        ". Mend it, or leave its row out.");
}

// Densities do not exist where a column is constant.
void check_columns(const std::string& name, const char* side, const Matrix& points) {
  for (std::size_t j = 0; j < points.columns && points.rows > 0; ++j) {
    std::size_t i = 1;
    while (i < points.rows && points.row(i)[j] == points.row(0)[j]) ++i;
    if (i == points.rows)
      throw DataError(name + ": column " + std::to_string(j) + " of " + side + " is " +
                      number_text(points.row(0)[j]) +
                      " in every row, where no density exists. Leave it out.");
  }
}

void check_shapes(const Estimator& estimator, const std::string& name, const Sample& sample) {
  const Matrix &x = sample.x, &y = sample.y;
  if (estimator.quantity == Quantity::kl && x.columns != y.columns)
    throw DataError(name + ": x " + size_text(x) + " and y " + size_text(y) +
                    " have different numbers of columns, and KL is between laws of one space.");
  if (estimator.quantity == Quantity::mi && x.rows != y.rows)
    throw DataError(name + ": x " + size_text(x) + " and y " + size_text(y) +
                    " have different numbers of rows, and information is between pairs.");
  const std::size_t least = estimator.least_rows ? estimator.least_rows(sample) : 2;
  for (const auto& [side, points] : {std::pair("x", &x), std::pair("y", &y)})
    if (points->rows < least &&
        (side == std::string("x") || estimator.quantity != Quantity::entropy))
      throw DataError(name + ": needs at least " + std::to_string(least) + " rows, and " + side +
                      " is " + size_text(*points) + ".");
}

void check(const Estimator& estimator, const std::string& name, const Sample& sample) {
  check_finite(name, "x", sample.x);
  check_finite(name, "y", sample.y);
  check_shapes(estimator, name, sample);
  if (estimator.takes_ties) return;
  check_columns(name, "x", sample.x);
  check_columns(name, "y", sample.y);
}

double duplicates_in(Quantity quantity, const Sample& sample) {
  if (quantity == Quantity::kl) return duplicate_fraction(stacked(sample.x, sample.y));
  const double of_x = duplicate_fraction(sample.x);
  return quantity == Quantity::entropy ? of_x : std::max(of_x, duplicate_fraction(sample.y));
}

// Half of the rows of what is taken as discrete have a twin.
constexpr double kDiscrete = 0.5;

bool exceeds_entropy(double information, const Matrix& points) {
  constexpr double kRounding = 1e-9;
  return duplicate_fraction(points) >= kDiscrete &&
         information > miller_madow_entropy(symbol_counts(symbols_of(points))) + kRounding;
}

std::vector<std::string> flags_of(const Estimator& estimator, const Sample& sample,
                                  const Estimate& found, const Spread& spread) {
  constexpr double kSaturated = 0.9, kErrors = 2;
  std::vector<std::string> flags;
  if (estimator.is_positive && found.value < 0) flags.emplace_back("negative");
  const bool saturated = found.value > kSaturated * found.ceiling;
  if (saturated) flags.emplace_back("saturated");
  // The greater share of duplicates is known, and to find one takes a sort.
  if (estimator.quantity == Quantity::mi && found.duplicates >= kDiscrete &&
      (exceeds_entropy(found.value, sample.x) || exceeds_entropy(found.value, sample.y)))
    flags.emplace_back("exceeds-entropy");
  if (!estimator.takes_ties && found.duplicates > 0) flags.emplace_back("ties");
  const bool in_range = !estimator.in_range || estimator.in_range(sample);
  const bool is_biased = std::abs(spread.bias) > kErrors * spread.standard_error;
  if (saturated || !std::isfinite(found.value) || !in_range || is_biased)
    flags.emplace_back("uncalibrated");
  return flags;
}

}  // namespace

void Resampling::describe(Schema& s) {
  s.field(&Resampling::error, "error",
          "how the standard error is found: leaving out one group of rows at a time, from each "
          "group alone, as the estimator itself tells it, or not at all")
      .choices({"jackknife", "subsampling", "own", "none"});
  s.field(&Resampling::groups, "groups", "of rows, for the standard error").range(2, 1000);
  s.field(&Resampling::seed, "seed", "of random groups and permutations").range(0, 9e15);
}

void Baseline::describe(Schema& s) {
  s.field(&Baseline::permutations, "permutations",
          "of the rows of y, whose mean estimate is the baseline; 0 for none")
      .range(0, 10000);
}

bool Estimate::has(const std::string& flag) const {
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

Estimate assess(const Estimator& estimator, const std::string& name, const Sample& sample,
                const Resampling& resampling, const Baseline& baseline) {
  check(estimator, name, sample);
  Estimate found{};
  const bool is_own = resampling.error == "own";
  if (is_own && !estimator.measured)
    throw SpecError(name + ": it tells no error of its own. Take jackknife, subsampling or none.");
  const Measured measured =
      is_own ? estimator.measured(sample) : Measured{estimator.value(sample), kNan};
  found.value = measured.value;
  const Spread spread = is_own ? Spread{measured.standard_error, kNan}
                               : spread_of(estimator, sample, found.value, resampling);
  found.standard_error = spread.standard_error;
  found.baseline =
      estimator.quantity == Quantity::mi
          ? permuted_baseline(estimator, sample, baseline.permutations, resampling.seed)
          : kNan;
  found.ceiling = estimator.ceiling ? estimator.ceiling(sample) : kNan;
  found.n = sample.x.rows;
  found.duplicates = duplicates_in(estimator.quantity, sample);
  found.flags = flags_of(estimator, sample, found, spread);
  return found;
}

}  // namespace saddle::info
