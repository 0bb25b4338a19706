#include <saddle/bounds/mutual_information.hpp>

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>

#include <algorithm>
#include <cmath>

namespace saddle::bounds {
namespace {

void require_square(const Variable& scores, const char* who) {
  const Shape& shape = scores.shape();
  if (shape.size() != 2 || shape[0] != shape[1] || shape[0] < 2)
    throw PluginError(std::string(who) + " takes the scores of all pairs of a batch, [n, n] with " +
                      "n > 1; it was given " + to_text(shape) + ".");
}

// [n, n] -> [n]: row i of [n, n + 1] begins with element (i, i).
Variable diagonal(const Variable& scores) {
  const std::size_t n = scores.shape()[0];
  const Variable padded = pad(reshape(scores, {n * n}), 0, 0, n);
  return reshape(slice(reshape(padded, {n, n + 1}), 1, 0, 1), {n});
}

// [m] -> []: ln E exp
Variable log_mean_exp(const Variable& x) {
  return logsumexp(x, 0) - std::log(static_cast<double>(x.size()));
}

// The value of one and the gradient of the other.
Variable with_gradient_of(const Variable& value, const Variable& objective) {
  return detach(value) + (objective - detach(objective));
}

}  // namespace

Scores split(const Variable& scores) {
  require_square(scores, "split");
  const std::size_t n = scores.shape()[0];
  // Between two elements of the diagonal lie n others, row by row.
  const Variable behind_first = slice(reshape(scores, {n * n}), 0, 1, n * n);
  const Variable others = slice(reshape(behind_first, {n - 1, n + 1}), 1, 0, n);
  return {diagonal(scores), reshape(others, {n * (n - 1)})};
}

Variable donsker_varadhan(const Variable& joint, const Variable& product) {
  return mean(joint) - log_mean_exp(product);
}

Variable mine(const Variable& joint, const Variable& product, double log_average) {
  const Variable corrected = mean(joint) - mean(exp(product - log_average));
  return with_gradient_of(donsker_varadhan(joint, product), corrected);
}

double log_moving_average(double before, const Variable& product, double rate) {
  const double batch = log_mean_exp(detach(product)).item();
  if (std::isinf(before)) return batch;
  const double kept = std::log1p(-rate) + before, added = std::log(rate) + batch;
  const double larger = std::max(kept, added);
  return larger + std::log1p(std::exp(-std::abs(kept - added)));
}

Variable nwj(const Variable& joint, const Variable& product) {
  return mean(joint) - mean(exp(product - 1.0));
}

Variable tuba(const Scores& scores, const Scores& log_baselines) {
  return nwj(scores.joint - log_baselines.joint + 1.0,
             scores.product - log_baselines.product + 1.0);
}

Variable info_nce(const Variable& scores) {
  require_square(scores, "info_nce");
  const auto n = static_cast<double>(scores.shape()[0]);
  return mean(diagonal(scores) - logsumexp(scores, 1)) + std::log(n);
}

Variable symmetric_info_nce(const Variable& scores) {
  require_square(scores, "symmetric_info_nce");
  const auto n = static_cast<double>(scores.shape()[0]);
  return mean(diagonal(scores) - 0.5 * (logsumexp(scores, 0) + logsumexp(scores, 1))) + std::log(n);
}

Variable jensen_shannon(const Variable& joint, const Variable& product) {
  return -mean(softplus(-joint)) - mean(softplus(product));
}

Variable smile(const Variable& joint, const Variable& product, double clip) {
  Tensor clipped = product.value();
  const auto limit = static_cast<Scalar>(clip);
  // NaN stays NaN.
  for (Scalar& score : clipped) score = score < -limit ? -limit : score > limit ? limit : score;
  return with_gradient_of(donsker_varadhan(joint, Variable(clipped)),
                          jensen_shannon(joint, product));
}

Variable kl_dime(const Variable& joint, const Variable& product) {
  return with_gradient_of(mean(joint), nwj(joint + 1.0, product + 1.0));
}

Variable gan_dime(const Variable& joint, const Variable& product) {
  return with_gradient_of(mean(joint), jensen_shannon(joint, product));
}

Variable club(const Variable& joint, const Variable& product) {
  return mean(joint) - mean(product);
}

}  // namespace saddle::bounds
