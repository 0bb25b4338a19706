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
  const memory::desc scratch = description.scratchpad_desc();
  scratch_bytes_ = scratch.get_size();
  multiply_ = {dnnl::matmul(description),
               {{DNNL_ARG_SRC, a},
                {DNNL_ARG_WEIGHTS, b},
                {DNNL_ARG_DST, c},
                {DNNL_ARG_SCRATCHPAD, scratch}}};
}

void MatmulPrimitive::run(const float* a, const float* b, float* c) {
  const Tensor scratch = empty({scratch_bytes_ / sizeof(Scalar) + 1});
  multiply_({a, b, c, scratch.data()});
}

MatmulPrimitive& matmul_primitive(const TransposedShape& shape) {
  constexpr std::size_t kMost = 256;
  thread_local std::map<std::array<std::size_t, 3>, MatmulPrimitive> primitives;
  if (primitives.size() >= kMost) primitives.clear();
  return primitives.try_emplace({shape.m, shape.n, shape.k}, shape).first->second;
}

}  // namespace saddle::kernels
