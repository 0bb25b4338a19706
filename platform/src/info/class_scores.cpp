#include <saddle/info/class_scores.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace saddle::info {
namespace {

double entropy_of(const double* p, std::size_t classes) {
  double nats = 0;
  for (std::size_t k = 0; k < classes; ++k)
    if (p[k] > 0) nats -= p[k] * std::log(p[k]);
  return nats;
}

}  // namespace

ClassScores class_scores(const Matrix& probabilities) {
  const std::size_t n = probabilities.rows, classes = probabilities.columns;
  if (n == 0 || !all_finite(probabilities)) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    return {kNan, kNan, kNan, kNan};
  }
  const auto count = static_cast<double>(n);
  std::vector<double> marginal(classes);
  double conditional = 0;
  for (std::size_t i = 0; i < n; ++i) {
    conditional += entropy_of(probabilities.row(i), classes) / count;
    for (std::size_t k = 0; k < classes; ++k) marginal[k] += probabilities.row(i)[k] / count;
  }
  const double label = entropy_of(marginal.data(), classes);
  return {label, conditional, label - conditional, std::exp(label - conditional)};
}

}  // namespace saddle::info
