#include <saddle/nn/upsample.hpp>

#include <saddle/autograd/ops/pooling.hpp>

namespace saddle::nn {

Upsample::Upsample(std::size_t factor, Interpolation interpolation)
    : factor_(factor), interpolation_(interpolation) {}
Upsample::~Upsample() = default;

Variable Upsample::forward(const Variable& x, Context&) {
  return interpolation_ == Interpolation::nearest ? upsample_nearest(x, factor_)
                                                  : upsample_bilinear(x, factor_);
}

}  // namespace saddle::nn
