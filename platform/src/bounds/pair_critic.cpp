#include "bounds/pair_critic.hpp"

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/linear.hpp>

#include <cmath>

namespace saddle::bounds {
namespace {

nn::MlpOptions network(const PairCritic::Options& options, double output_gain) {
  nn::MlpOptions mlp(options.hidden);
  mlp.activation = options.activation;
  mlp.dropout = options.dropout;
  mlp.output_gain = output_gain;
  return mlp;
}

// [n, d] -> [n, d + 1]: beside each row (|row|^2 - d) / sqrt(2 d), of mean 0 and deviation 1 for
// N(0, 1).
Variable with_length(const Tensor& x) {
  const std::size_t n = x.shape(0), d = x.shape(1);
  const auto size = static_cast<Scalar>(d);
  Tensor both = empty({n, d + 1});
  for (std::size_t i = 0; i < n; ++i) {
    Scalar square = 0;
    for (std::size_t j = 0; j < d; ++j) {
      both(i, j) = x(i, j);
      square += x(i, j) * x(i, j);
    }
    both(i, d) = (square - size) / std::sqrt(2 * size);
  }
  return Variable(both);
}

}  // namespace

// One of the two begins near 0, so that the critic does.
PairCritic::PairCritic(std::size_t dx, std::size_t dy, const Options& options)
    : of_x_(add<nn::Mlp>("x", Shape{dx + 1}, Shape{options.width + 1}, network(options, 0.1))),
      of_y_(add<nn::Mlp>("y", Shape{dy + 1}, Shape{options.width + 1}, network(options, 0.1))),
      width_(options.width) {}

PairCritic::~PairCritic() = default;

Variable PairCritic::operator()(const Tensor& x, const Tensor& y, Context& context) {
  const std::size_t m = y.shape(0);
  const Variable f = of_x_(with_length(x), context), g = of_y_(with_length(y), context);
  const Variable crossed = matmul(slice(f, 1, 0, width_), slice(g, 1, 0, width_), false, true);
  return crossed + slice(f, 1, width_, width_ + 1) +
         reshape(slice(g, 1, width_, width_ + 1), {1, m});
}

}  // namespace saddle::bounds
