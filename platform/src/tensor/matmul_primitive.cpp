#include "tensor/matmul_primitive.hpp"

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
  scratch_ = memory(description.scratchpad_desc(), cpu());
  arguments_ = {{DNNL_ARG_SRC, a_},
                {DNNL_ARG_WEIGHTS, b_},
                {DNNL_ARG_DST, c_},
                {DNNL_ARG_SCRATCHPAD, scratch_}};
}

void MatmulPrimitive::run(const float* a, const float* b, float* c) {
  a_.set_data_handle(const_cast<float*>(a));
  b_.set_data_handle(const_cast<float*>(b));
  c_.set_data_handle(c);
  onednn::execute(primitive_, arguments_);
}

MatmulPrimitive& matmul_primitive(const TransposedShape& shape) {
  thread_local std::map<std::array<std::size_t, 3>, MatmulPrimitive> primitives;
  return primitives.try_emplace({shape.m, shape.n, shape.k}, shape).first->second;
}

}  // namespace saddle::kernels
