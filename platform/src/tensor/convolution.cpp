#include "tensor/convolution.hpp"

#include "tensor/bias.hpp"
#include "tensor/convolution_columns.hpp"
#include "tensor/convolution_onednn.hpp"
#include "tensor/kernels.hpp"
#include "tensor/map.hpp"
#include "tensor/onednn.hpp"

#include <algorithm>
#include <cassert>

namespace saddle::kernels {
namespace {

// oneDNN computes whole blocks of the channels that a pass sums into: with few of them most of its
// work is for nothing.
bool few_channels(ConvolutionPass pass, const ConvolutionShape& shape) {
  constexpr std::size_t kFew = 8;
  return (pass == ConvolutionPass::backward_data ? shape.in : shape.out) < kFew;
}

// Without AVX-512, products of unfolded windows overtake oneDNN's kernels where enough channels pay
// for unfolding; those of the data pass, which are added up, only where windows overlap little.
bool unfolding_is_faster(ConvolutionPass pass, const ConvolutionShape& shape) {
  constexpr std::size_t kManyIn = 32, kManyOut = 64, kFewTimes = 4;
  const std::size_t pixels = shape.kernel.height * shape.kernel.width;
  const std::size_t stride = shape.geometry.stride;
  return !onednn::avx512() && pixels > 1 && shape.in >= kManyIn && shape.out >= kManyOut &&
         (pass != ConvolutionPass::backward_data || pixels <= kFewTimes * stride * stride);
}

bool use_onednn(ConvolutionPass pass, const ConvolutionShape& shape) {
  return !reference_in_force() && !few_channels(pass, shape) && !unfolding_is_faster(pass, shape) &&
         onednn_kernel(pass, shape);
}

}  // namespace

std::size_t ConvolutionShape::windows(std::size_t extent, std::size_t kernel, Geometry geometry) {
  const std::size_t padded = extent + 2 * geometry.padding;
  return kernel == 0 || padded < kernel ? 0 : (padded - kernel) / geometry.stride + 1;
}

Sides ConvolutionShape::windows() const {
  return {windows(image.height, kernel.height, geometry),
          windows(image.width, kernel.width, geometry)};
}

std::size_t images_per_part(const ConvolutionShape& shape, std::size_t most_parts) {
  constexpr std::size_t kPartWork = std::size_t{1} << 22;  // about 50 us of one thread
  // An even number, which two threads share best.
  const std::size_t parts =
      std::clamp<std::size_t>(shape.work() / kPartWork / 2 * 2, 1, most_parts);
  return std::max<std::size_t>(1, (shape.n + parts - 1) / parts);
}

Tensor convolution(const Tensor& x, const Tensor& w, const ConvolutionShape& shape) {
  assert(x.shape() == shape.x_shape() && w.shape() == shape.weight_shape());
  if (shape.work() == 0) return zeros(shape.y_shape());
  return use_onednn(ConvolutionPass::forward, shape) ? onednn_convolution(x, w, shape)
                                                     : columns_convolution(x, w, nullptr, 1, shape);
}

Tensor convolution(const Tensor& x, const Tensor& w, const Tensor& b, Scalar slope,
                   const ConvolutionShape& shape) {
  assert(b.size() == shape.out);
  if (shape.work() > 0 && !use_onednn(ConvolutionPass::forward, shape))
    return columns_convolution(x, w, &b, slope, shape);
  Tensor y = convolution(x, w, shape);
  if (y.size() == 0) return y;
  const std::size_t width = shape.out;
  for_rows(y.size() / width, width, [&](std::size_t begin, std::size_t end) {
    add_bias(y.data() + begin * width, end - begin, width, width, b.data(), slope);
  });
  return y;
}

Tensor convolution_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape) {
  assert(y.shape() == shape.y_shape() && w.shape() == shape.weight_shape());
  if (shape.work() == 0) return zeros(shape.x_shape());
  return use_onednn(ConvolutionPass::backward_data, shape) ? onednn_backward_data(y, w, shape)
                                                           : columns_backward_data(y, w, shape);
}

Tensor convolution_backward_weights(const Tensor& x, const Tensor& y,
                                    const ConvolutionShape& shape) {
  assert(x.shape() == shape.x_shape() && y.shape() == shape.y_shape());
  if (shape.work() == 0) return zeros(shape.weight_shape());
  return use_onednn(ConvolutionPass::backward_weights, shape)
             ? onednn_backward_weights(x, y, shape)
             : columns_backward_weights(x, y, shape);
}

const char* convolution_kernel(ConvolutionPass pass, const ConvolutionShape& shape) {
  return use_onednn(pass, shape) ? onednn_kernel(pass, shape) : "columns";
}

}  // namespace saddle::kernels
