#include "tensor/convolution_onednn.hpp"

#include "tensor/convolution_primitive.hpp"
#include "tensor/kernels.hpp"
#include "tensor/parallel.hpp"
#include "tensor/sum_by_parts.hpp"

#include <type_traits>

namespace saddle::kernels {
namespace {

// The images of one part.
std::size_t part_size(ConvolutionPass pass, const ConvolutionShape& shape) {
  constexpr std::size_t kMostParts = 16;
  const bool weights = pass == ConvolutionPass::backward_weights;
  return images_per_part(shape, weights ? kMostPartsOfWeights : kMostParts);
}

// That of a part of some images for this thread.
ConvolutionPrimitive& part_primitive(ConvolutionPass pass, ConvolutionShape shape,
                                     std::size_t images) {
  shape.n = images;
  return convolution_primitive(pass, shape);
}

// What the last part holds where it is smaller than the others; otherwise 0.
std::size_t last_count(ConvolutionPass pass, const ConvolutionShape& shape) {
  return shape.n % part_size(pass, shape);
}

// Calls compute(primitive, packed weights, first image) for the parts of a forward or data pass.
template <class Compute>
void by_images(ConvolutionPass pass, const Tensor& w, const ConvolutionShape& shape,
               const Compute& compute) {
  const std::size_t size = part_size(pass, shape), last = last_count(pass, shape);
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
  const ConvolutionPrimitive& part = part_primitive(pass, shape, part_size(pass, shape));
  if (!part.fast()) return nullptr;
  if (const std::size_t count = last_count(pass, shape); count > 0) {
    const ConvolutionPrimitive& last = part_primitive(pass, shape, count);
    // What the parts of a weights pass give is added up as it lies.
    const bool alike = pass != ConvolutionPass::backward_weights || last.packs_like(part);
    if (!last.fast() || !alike) return nullptr;
  }
  return part.kernel();
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
  const std::size_t size = part_size(kPass, shape);
  const std::size_t x_row = x.size() / shape.n, y_row = y.size() / shape.n;
  ConvolutionPrimitive& first = part_primitive(kPass, shape, size);
  Tensor packed = first.empty_packed();
  sum_by_parts(shape.n, size, packed.size(), packed.data(),
               [&](std::size_t begin, std::size_t end, Scalar* to) {
                 part_primitive(kPass, shape, end - begin)
                     .run(x.data() + begin * x_row, y.data() + begin * y_row, to);
               });
  return first.unpack(packed);
}

}  // namespace saddle::kernels
