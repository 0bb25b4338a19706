#include "tensor/convolution_primitive.hpp"

#include "tensor/onednn.hpp"

#include <array>
#include <map>
#include <mutex>

namespace saddle::kernels {
namespace {

using dnnl::memory;
using onednn::cpu, onednn::execute, onednn::extent;

memory over(const memory::desc& description, const Scalar* data) {
  return memory(description, cpu(), const_cast<Scalar*>(data));
}

std::size_t scalars(const memory::desc& description) {
  return (description.get_size() + sizeof(Scalar) - 1) / sizeof(Scalar);
}

}  // namespace

ConvolutionPrimitive::ConvolutionPrimitive(ConvolutionPass pass, const ConvolutionShape& shape)
    : pass_(pass), weight_shape_(shape.weight_shape()) {
  onednn::stay_on_this_thread();
  try {
    create(pass, shape);
    fast_ = !onednn::is_reference(kernel_);
  } catch (const dnnl::error&) {
    // It does not know this shape.
  }
}

void ConvolutionPrimitive::create(ConvolutionPass pass, const ConvolutionShape& shape) {
  const auto number = memory::data_type::f32;
  const Sides windows = shape.windows();
  const memory::dims weights = {extent(shape.out), extent(shape.in), extent(shape.kernel.height),
                                extent(shape.kernel.width)};
  x_ = {{extent(shape.n), extent(shape.in), extent(shape.image.height), extent(shape.image.width)},
        number,
        memory::format_tag::nhwc};
  y_ = {{extent(shape.n), extent(shape.out), extent(windows.height), extent(windows.width)},
        number,
        memory::format_tag::nhwc};
  plain_ = {weights, number, memory::format_tag::hwio};
  const memory::desc any(weights, number, memory::format_tag::any);
  const memory::dims stride(2, extent(shape.geometry.stride));
  const memory::dims padding(2, extent(shape.geometry.padding));
  const auto direct = dnnl::algorithm::convolution_direct;
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);

  const dnnl::convolution_forward::primitive_desc forward(
      {dnnl::prop_kind::forward_training, direct, x_, any, y_, stride, padding, padding},
      attributes, cpu());
  if (pass == ConvolutionPass::forward) {
    packed_ = forward.weights_desc();
    take(forward);
    primitive_ = dnnl::convolution_forward(forward);
  } else if (pass == ConvolutionPass::backward_data) {
    const dnnl::convolution_backward_data::primitive_desc backward(
        {direct, x_, any, y_, stride, padding, padding}, attributes, cpu(), forward);
    packed_ = backward.weights_desc();
    take(backward);
    primitive_ = dnnl::convolution_backward_data(backward);
  } else {
    const dnnl::convolution_backward_weights::primitive_desc backward(
        {direct, x_, any, y_, stride, padding, padding}, attributes, cpu(), forward);
    packed_ = backward.diff_weights_desc();
    take(backward);
    primitive_ = dnnl::convolution_backward_weights(backward);
  }
  const bool writes_weights = pass == ConvolutionPass::backward_weights;
  reorder_ = dnnl::reorder({cpu(), writes_weights ? packed_ : plain_, cpu(),
                            writes_weights ? plain_ : packed_, attributes});
}

template <class Description>
void ConvolutionPrimitive::take(const Description& description) {
  kernel_ = description.impl_info_str();
  scratch_ = description.scratchpad_desc();
}

Tensor ConvolutionPrimitive::empty_packed() const { return empty({scalars(packed_)}); }

Tensor ConvolutionPrimitive::pack(const Tensor& w) const {
  Tensor packed = empty_packed();
  execute(reorder_,
          {{DNNL_ARG_FROM, over(plain_, w.data())}, {DNNL_ARG_TO, over(packed_, packed.data())}});
  return packed;
}

Tensor ConvolutionPrimitive::unpack(const Tensor& packed) const {
  Tensor w = empty(weight_shape_);
  execute(reorder_,
          {{DNNL_ARG_FROM, over(packed_, packed.data())}, {DNNL_ARG_TO, over(plain_, w.data())}});
  return w;
}

void ConvolutionPrimitive::run(const Scalar* x, const Scalar* y, const Scalar* packed) const {
  const bool forward = pass_ == ConvolutionPass::forward;
  const bool data = pass_ == ConvolutionPass::backward_data;
  const Tensor scratch = empty({scalars(scratch_)});
  execute(primitive_,
          {{data ? DNNL_ARG_DIFF_SRC : DNNL_ARG_SRC, over(x_, x)},
           {forward ? DNNL_ARG_DST : DNNL_ARG_DIFF_DST, over(y_, y)},
           {forward || data ? DNNL_ARG_WEIGHTS : DNNL_ARG_DIFF_WEIGHTS, over(packed_, packed)},
           {DNNL_ARG_SCRATCHPAD, over(scratch_, scratch.data())}});
}

const ConvolutionPrimitive& convolution_primitive(ConvolutionPass pass,
                                                  const ConvolutionShape& shape) {
  static std::mutex mutex;
  static std::map<std::array<std::size_t, 10>, ConvolutionPrimitive> primitives;
  const std::array<std::size_t, 10> key = {static_cast<std::size_t>(pass),
                                           shape.n,
                                           shape.image.height,
                                           shape.image.width,
                                           shape.in,
                                           shape.kernel.height,
                                           shape.kernel.width,
                                           shape.out,
                                           shape.geometry.stride,
                                           shape.geometry.padding};
  const std::lock_guard<std::mutex> lock(mutex);
  return primitives.try_emplace(key, pass, shape).first->second;
}

}  // namespace saddle::kernels
