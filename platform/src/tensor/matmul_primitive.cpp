#include "tensor/matmul_primitive.hpp"

#include <saddle/tensor/tensor.hpp>

#include <array>
#include <map>
#include <string>

namespace saddle::kernels {

using dnnl::memory;

MatmulPrimitive::MatmulPrimitive(const TransposedShape& shape) {
  onednn::stay_on_this_thread();
  try {
    create(shape);
  } catch (const dnnl::error&) {
    // It does not know this shape.
  }
}

void MatmulPrimitive::create(const TransposedShape& shape) {
  using onednn::cpu, onednn::extent;
  const memory::dim m = extent(shape.m), n = extent(shape.n), k = extent(shape.k);
  const auto number = memory::data_type::f32;
  const memory::desc a({m, k}, number, memory::format_tag::ab),
      b({k, n}, number, memory::format_tag::ba), c({m, n}, number, memory::format_tag::ab);
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  const dnnl::matmul::primitive_desc description({a, b, c}, attributes, cpu());
  // Others go through its sgemm.
  fast_ = std::string(description.impl_info_str()).find("brg") == 0;
  if (!fast_) return;
  primitive_ = dnnl::matmul(description);
  a_ = memory(a, cpu(), nullptr);
  b_ = memory(b, cpu(), nullptr);
  c_ = memory(c, cpu(), nullptr);
  scratch_ = memory(description.scratchpad_desc(), cpu(), nullptr);
  arguments_ = {{DNNL_ARG_SRC, a_},
                {DNNL_ARG_WEIGHTS, b_},
                {DNNL_ARG_DST, c_},
                {DNNL_ARG_SCRATCHPAD, scratch_}};
}

void MatmulPrimitive::run(const float* a, const float* b, float* c) {
  const Tensor scratch = empty({scratch_.get_desc().get_size() / sizeof(Scalar) + 1});
  a_.set_data_handle(const_cast<float*>(a));
  b_.set_data_handle(const_cast<float*>(b));
  c_.set_data_handle(c);
  scratch_.set_data_handle(const_cast<Scalar*>(scratch.data()));
  onednn::execute(primitive_, arguments_);
}

MatmulPrimitive& matmul_primitive(const TransposedShape& shape) {
  constexpr std::size_t kMost = 256;
  thread_local std::map<std::array<std::size_t, 3>, MatmulPrimitive> primitives;
  if (primitives.size() >= kMost) primitives.clear();
  return primitives.try_emplace({shape.m, shape.n, shape.k}, shape).first->second;
}

}  // namespace saddle::kernels
