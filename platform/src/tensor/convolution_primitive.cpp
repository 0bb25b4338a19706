#include "tensor/convolution_primitive.hpp"

#include <array>
#include <map>

namespace saddle::kernels {
namespace {

using dnnl::memory;
using onednn::cpu, onednn::extent;

onednn::Call reorder(const memory::desc& from, const memory::desc& to,
                     const dnnl::primitive_attr& attributes) {
  return {dnnl::reorder({cpu(), from, cpu(), to, attributes}),
          {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}};
}

std::size_t scalars(const memory::desc& description) {
  return (description.get_size() + sizeof(Scalar) - 1) / sizeof(Scalar);
}

}  // namespace

ConvolutionPrimitive::ConvolutionPrimitive(ConvolutionPass pass, const ConvolutionShape& shape)
    : weight_shape_(shape.weight_shape()) {
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
  const memory::desc plain(weights, number, memory::format_tag::hwio);
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
    take<dnnl::convolution_forward>(forward, DNNL_ARG_SRC, DNNL_ARG_DST, DNNL_ARG_WEIGHTS);
  } else if (pass == ConvolutionPass::backward_data) {
    const dnnl::convolution_backward_data::primitive_desc backward(
        {direct, x_, any, y_, stride, padding, padding}, attributes, cpu(), forward);
    packed_ = backward.weights_desc();
    take<dnnl::convolution_backward_data>(backward, DNNL_ARG_DIFF_SRC, DNNL_ARG_DIFF_DST,
                                          DNNL_ARG_WEIGHTS);
  } else {
    const dnnl::convolution_backward_weights::primitive_desc backward(
        {direct, x_, any, y_, stride, padding, padding}, attributes, cpu(), forward);
    packed_ = backward.diff_weights_desc();
    take<dnnl::convolution_backward_weights>(backward, DNNL_ARG_SRC, DNNL_ARG_DIFF_DST,
                                             DNNL_ARG_DIFF_WEIGHTS);
  }
  const bool writes_weights = pass == ConvolutionPass::backward_weights;
  reorder_ =
      reorder(writes_weights ? packed_ : plain, writes_weights ? plain : packed_, attributes);
}

template <class Primitive>
void ConvolutionPrimitive::take(const typename Primitive::primitive_desc& description, int x, int y,
                                int weights) {
  kernel_ = description.impl_info_str();
  scratch_ = description.scratchpad_desc();
  run_ = {Primitive(description),
          {{x, x_}, {y, y_}, {weights, packed_}, {DNNL_ARG_SCRATCHPAD, scratch_}}};
}

Tensor ConvolutionPrimitive::empty_packed() const { return empty({scalars(packed_)}); }

Tensor ConvolutionPrimitive::pack(const Tensor& w) {
  Tensor packed = empty_packed();
  reorder_({w.data(), packed.data()});
  return packed;
}

Tensor ConvolutionPrimitive::unpack(const Tensor& packed) {
  Tensor w = empty(weight_shape_);
  reorder_({packed.data(), w.data()});
  return w;
}

void ConvolutionPrimitive::run(const Scalar* x, const Scalar* y, const Scalar* packed) {
  const Tensor scratch = empty({scalars(scratch_)});
  run_({x, y, packed, scratch.data()});
}

ConvolutionPrimitive& convolution_primitive(ConvolutionPass pass, const ConvolutionShape& shape) {
  thread_local std::map<std::array<std::size_t, 10>, ConvolutionPrimitive> primitives;
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
  return primitives.try_emplace(key, pass, shape).first->second;
}

}  // namespace saddle::kernels
