#include "tensor/convolution_onednn.hpp"

#include "tensor/convolution_primitive.hpp"
#include "tensor/kernels.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <type_traits>

namespace saddle::kernels {
namespace {

// The images of one part of a forward or data pass.
std::size_t images_per_part(const ConvolutionShape& shape) {
  // About 50 us of one thread.
  constexpr std::size_t kPartWork = std::size_t{1} << 22, kMostParts = 16;
  const std::size_t parts = std::clamp<std::size_t>(shape.work() / kPartWork, 1, kMostParts);
  return (shape.n + parts - 1) / parts;
}

// The output channels of one part of a weights pass: whole blocks of oneDNN.
std::size_t channels_per_part(const ConvolutionShape& shape) {
  constexpr std::size_t kBlock = 16, kLeast = 32, kMostParts = 16;
  constexpr std::size_t kWorthSharing = std::size_t{1} << 20;
  if (shape.out < 2 * kLeast || shape.work() < kWorthSharing) return shape.out;
  const std::size_t blocks = (shape.out + kBlock * kMostParts - 1) / (kBlock * kMostParts);
  return std::max(kLeast, blocks * kBlock);
}

std::size_t part_size(ConvolutionPass pass, const ConvolutionShape& shape) {
  return pass == ConvolutionPass::backward_weights ? channels_per_part(shape)
                                                   : images_per_part(shape);
}

// The shape of a part that holds `count` images or output channels.
ConvolutionShape part_shape(ConvolutionPass pass, ConvolutionShape shape, std::size_t count) {
  (pass == ConvolutionPass::backward_weights ? shape.out : shape.n) = count;
  return shape;
}

// That of a part for this thread.
ConvolutionPrimitive& part_primitive(ConvolutionPass pass, const ConvolutionShape& shape,
                                     std::size_t count) {
  return convolution_primitive(pass, part_shape(pass, shape, count));
}

// What the last part holds where it is smaller than the others; otherwise 0.
std::size_t last_count(ConvolutionPass pass, const ConvolutionShape& shape) {
  return (pass == ConvolutionPass::backward_weights ? shape.out : shape.n) % part_size(pass, shape);
}

// Calls compute(primitive, packed weights, first image) for the parts of a forward or data pass.
template <class Compute>
void by_images(ConvolutionPass pass, const Tensor& w, const ConvolutionShape& shape,
               const Compute& compute) {
  const std::size_t size = images_per_part(shape), last = last_count(pass, shape);
  const Tensor packed = part_primitive(pass, shape, size).pack(w);
  const Tensor packed_last = last > 0 ? part_primitive(pass, shape, last).pack(w) : Tensor();
  for_ranges(shape.n, size, [&](std::size_t begin, std::size_t end) {
    compute(part_primitive(pass, shape, end - begin), end - begin < size ? packed_last : packed,
            begin);
  });
}

}  // namespace

const char* onednn_kernel(ConvolutionPass pass, const ConvolutionShape& shape) {
  if (!std::is_same_v<Scalar, float>) return nullptr;
  const std::size_t last = last_count(pass, shape);
  const ConvolutionPrimitive& whole = part_primitive(pass, shape, part_size(pass, shape));
  const bool fast = whole.fast() && (last == 0 || part_primitive(pass, shape, last).fast());
  return fast ? whole.kernel() : nullptr;
}

Tensor onednn_convolution(const Tensor& x, const Tensor& w, const ConvolutionShape& shape) {
  Tensor y = empty(shape.y_shape());
  const std::size_t x_row = x.size() / shape.n, y_row = y.size() / shape.n;
  by_images(ConvolutionPass::forward, w, shape,
            [&](ConvolutionPrimitive& primitive, const Tensor& packed, std::size_t begin) {
              primitive.run(x.data() + begin * x_row, y.data() + begin * y_row, packed.data());
            });
  return y;
}

Tensor onednn_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape) {
  Tensor x = empty(shape.x_shape());
  const std::size_t x_row = x.size() / shape.n, y_row = y.size() / shape.n;
  by_images(ConvolutionPass::backward_data, w, shape,
            [&](ConvolutionPrimitive& primitive, const Tensor& packed, std::size_t begin) {
              primitive.run(x.data() + begin * x_row, y.data() + begin * y_row, packed.data());
            });
  return x;
}

Tensor onednn_backward_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape) {
  constexpr ConvolutionPass kPass = ConvolutionPass::backward_weights;
  Tensor w = empty(shape.weight_shape());
  for_ranges(shape.out, channels_per_part(shape), [&](std::size_t begin, std::size_t end) {
    ConvolutionPrimitive& primitive = part_primitive(kPass, shape, end - begin);
    const bool all = end - begin == shape.out;
    const Tensor some = all ? Tensor() : slice(y, 3, begin, end);
    Tensor packed = primitive.empty_packed();
    primitive.run(x.data(), (all ? y : some).data(), packed.data());
    place(primitive.unpack(packed), 3, begin, w);
  });
  return w;
}

}  // namespace saddle::kernels
