#include <saddle/nn/stochastic.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/nn/initialisers.hpp>
#include <saddle/tensor/random.hpp>

namespace saddle::nn {

Stochastic::Stochastic(std::size_t in, std::size_t units, const Initialiser& weight,
                       const LinearOptions& options, Samples samples)
    : mean_(add<Linear>("mean", in, units, weight, options)),
      log_deviation_(add<Linear>("log_deviation", in, units, init::constant(0), LinearOptions{})),
      samples_(samples) {}

Stochastic::~Stochastic() = default;

Stochastic::Code Stochastic::operator()(const Variable& x, Context& context) {
  const Variable mean = mean_(x, context), log_deviation = log_deviation_(x, context);
  const Variable deviation = exp(log_deviation);
  const Variable divergence = 0.5 * (square(mean) + square(deviation) - 1) - log_deviation;
  Code code{mean, reshape(sum_rows(divergence), {x.shape()[0], 1})};
  if (samples_ == Samples::always || context.samples()) {
    const Tensor noise = random_normal(context.random(), mean.shape(), context.first_row());
    code.value = mean + deviation * Variable(noise);
  }
  if (context.has_taps()) context.offer_tap(path(), code.value);
  return code;
}

}  // namespace saddle::nn
