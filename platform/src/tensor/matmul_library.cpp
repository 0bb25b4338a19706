#include "tensor/matmul_library.hpp"

#include "tensor/kernels.hpp"
#include "tensor/onednn.hpp"
#include "tensor/openblas.hpp"

#include <oneapi/dnnl/dnnl.h>

#include <string>
#include <type_traits>

namespace saddle::kernels {
namespace {

// Without AVX-512, oneDNN reads b in place, row by row. Where the rows lie a multiple of 2 kB
// apart, they share few sets of the first cache, and OpenBLAS, which copies them together first, is
// faster by up to the half. Elsewhere its copies only take time.
bool rows_collide(const StridedProduct& p) {
  constexpr std::size_t kApart = 2048 / sizeof(float), kFew = 4;
  return !p.transpose_b && p.stride_b % kApart == 0 && p.m > kFew && p.n > kFew;
}

bool onednn_copies_rows() {
  static const bool avx512 =
      (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core;
  return avx512;
}

std::string onednn_version() {
  const dnnl_version_t* version = dnnl_version();
  return "oneDNN " + std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
         std::to_string(version->patch);
}

}  // namespace

void multiply_on_this_thread(const float* a, const float* b, float* c, const StridedProduct& p) {
  if (!onednn_copies_rows() && rows_collide(p)) return openblas::multiply(a, b, c, p);
  onednn::stay_on_this_thread();
  using onednn::extent;
  dnnl_sgemm(p.transpose_a ? 'T' : 'N', p.transpose_b ? 'T' : 'N', extent(p.m), extent(p.n),
             extent(p.k), 1.0F, a, extent(p.stride_a), b, extent(p.stride_b), 0.0F, c,
             extent(p.stride_c));
}

const char* matmul_library() {
  static const std::string name = [] {
    if (std::is_same_v<Scalar, double>) return openblas::description();
    return onednn_copies_rows() ? onednn_version()
                                : onednn_version() + ", " + openblas::description();
  }();
  return name.c_str();
}

}  // namespace saddle::kernels
