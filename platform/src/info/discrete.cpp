#include <saddle/info/discrete.hpp>

#include <saddle/info/histogram.hpp>

#include "info/counts.hpp"
#include "info/special.hpp"

#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// (-1)^n
double sign(double n) { return std::fmod(n, 2) == 0 ? 1 : -1; }

double x_ln_x(double x) { return x > 0 ? x * std::log(x) : 0; }

template <class Label>
double distinct(const std::vector<Label>& labels) {
  return static_cast<double>(std::set<Label>(labels.begin(), labels.end()).size());
}

}  // namespace

double miller_madow_entropy(const std::vector<double>& counts) {
  const CountTable table(counts);
  return entropy(counts) + (table.seen - 1) / (2 * table.total);
}

double jackknife_entropy(const std::vector<double>& counts) {
  const CountTable table(counts);
  const double n = table.total;
  if (n < 2) return kNan;
  const double all = table.sum(x_ln_x);
  // H = ln n - all / n; without an observation of a symbol, its term alone changes.
  const double left_out = table.sum([&](double count) {
    const double rest = all - x_ln_x(count) + x_ln_x(count - 1);
    return count / n * (std::log(n - 1) - rest / (n - 1));
  });
  return n * (std::log(n) - all / n) - (n - 1) * left_out;
}

double chao_shen_entropy(const std::vector<double>& counts) {
  const CountTable table(counts);
  const double n = table.total;
  if (n == 0) return kNan;
  const auto once = table.symbols.find(1);
  double singletons = once == table.symbols.end() ? 0 : once->second;
  if (singletons == n) singletons = n - 1;
  const double coverage = 1 - singletons / n;
  return -table.sum([&](double count) {
    const double p = coverage * count / n;
    // (1 - p)^n, also where p is 1 or tiny.
    const double missed = p < 1 ? std::exp(n * std::log1p(-p)) : 0;
    return x_ln_x(p) / (1 - missed);
  });
}

double grassberger_1988_entropy(const std::vector<double>& counts) {
  const CountTable table(counts);
  if (table.total == 0) return kNan;
  return table.sum([&](double n) {
    return n / table.total * (std::log(table.total) - digamma(n) - sign(n) / (n + 1));
  });
}

double grassberger_2003_entropy(const std::vector<double>& counts) {
  const CountTable table(counts);
  if (table.total == 0) return kNan;
  const double sum = table.sum([](double n) {
    return n * (digamma(n) + sign(n) * (digamma((n + 1) / 2) - digamma(n / 2)) / 2);
  });
  return std::log(table.total) - sum / table.total;
}

double miller_madow_information(const std::vector<std::size_t>& a,
                                const std::vector<std::size_t>& b) {
  const double plug_in = mutual_information(a, b);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < a.size(); ++i) pairs.emplace_back(a[i], b[i]);
  return plug_in +
         (distinct(a) + distinct(b) - distinct(pairs) - 1) / (2 * static_cast<double>(a.size()));
}

}  // namespace saddle::info
