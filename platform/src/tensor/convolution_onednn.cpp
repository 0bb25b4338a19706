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

// The primitives of a whole part and of the last one, which may be smaller.
struct PartPrimitives {
  const ConvolutionPrimitive& whole;
  const ConvolutionPrimitive& last;
};

PartPrimitives part_primitives(ConvolutionPass pass, const ConvolutionShape& shape) {
  const std::size_t count = pass == ConvolutionPass::backward_weights ? shape.out : shape.n;
  const std::size_t size = part_size(pass, shape), rest = count % size;
  return {convolution_primitive(pass, part_shape(pass, shape, size)),
          convolution_primitive(pass, part_shape(pass, shape, rest > 0 ? rest : size))};
}

// Calls compute(primitive, packed weights, first image) for the parts of a forward or data pass.
template <class Compute>
void by_images(ConvolutionPass pass, const Tensor& w, const ConvolutionShape& shape,
               const Compute& compute) {
  const PartPrimitives primitives = part_primitives(pass, shape);
  const bool even = &primitives.whole == &primitives.last;
  const Tensor packed = primitives.whole.pack(w);
  const Tensor packed_rest = even ? Tensor() : primitives.last.pack(w);
  for_ranges(shape.n, images_per_part(shape), [&](std::size_t begin, std::size_t end) {
    if (even || end < shape.n)
      compute(primitives.whole, packed, begin);
    else
      compute(primitives.last, packed_rest, begin);
  });
}

}  // namespace

const char* onednn_kernel(ConvolutionPass pass, const ConvolutionShape& shape) {
  if (!std::is_same_v<Scalar, float>) return nullptr;
  const PartPrimitives primitives = part_primitives(pass, shape);
  return primitives.whole.fast() && primitives.last.fast() ? primitives.whole.kernel() : nullptr;
}

Tensor onednn_convolution(const Tensor& x, const Tensor& w, const ConvolutionShape& shape) {
  Tensor y = empty(shape.y_shape());
  const std::size_t x_row = x.size() / shape.n, y_row = y.size() / shape.n;
  by_images(ConvolutionPass::forward, w, shape,
            [&](const ConvolutionPrimitive& primitive, const Tensor& packed, std::size_t begin) {
              primitive.run(x.data() + begin * x_row, y.data() + begin * y_row, packed.data());
            });
  return y;
}

Tensor onednn_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape) {
  Tensor x = empty(shape.x_shape());
  const std::size_t x_row = x.size() / shape.n, y_row = y.size() / shape.n;
  by_images(ConvolutionPass::backward_data, w, shape,
            [&](const ConvolutionPrimitive& primitive, const Tensor& packed, std::size_t begin) {
              primitive.run(x.data() + begin * x_row, y.data() + begin * y_row, packed.data());
            });
  return x;
}

Tensor onednn_backward_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape) {
  const PartPrimitives primitives = part_primitives(ConvolutionPass::backward_weights, shape);
  Tensor w = empty(shape.weight_shape());
  for_ranges(shape.out, channels_per_part(shape), [&](std::size_t begin, std::size_t end) {
    const ConvolutionPrimitive& primitive = end == shape.out ? primitives.last : primitives.whole;
    const bool all = end - begin == shape.out;
    const Tensor some = all ? y : slice(y, 3, begin, end);
    Tensor packed = primitive.empty_packed();
    primitive.run(x.data(), some.data(), packed.data());
    place(primitive.unpack(packed), 3, begin, w);
  });
  return w;
}

}  // namespace saddle::kernels
