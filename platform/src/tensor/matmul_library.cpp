#include "tensor/matmul_library.hpp"

#include "tensor/kernels.hpp"
#include "tensor/onednn.hpp"
#include "tensor/openblas.hpp"

#include <oneapi/dnnl/dnnl.h>

#include <string>
#include <type_traits>

namespace saddle::kernels {
namespace {

// Without AVX-512, oneDNN 2.6 copies what it reads only where both sides of the output are long.
bool onednn_reads_in_place(const StridedProduct& p) {
  return !onednn::avx512() && 1 / static_cast<double>(p.m) + 1 / static_cast<double>(p.n) >= 0.0038;
}

// Whether both factors are read row after row, and the rows of one lie a multiple of 2 kB apart:
// their lines share few sets of the first cache.
bool rows_collide(const StridedProduct& p) {
  constexpr std::size_t kApart = 2048 / sizeof(float), kFew = 4;
  if (p.transpose_b || p.m <= kFew || p.n <= kFew) return false;
  return p.stride_b % kApart == 0 || (p.transpose_a && p.stride_a % kApart == 0);
}

// It copies rows together first, which elsewhere only takes time.
bool openblas_is_faster(const StridedProduct& p) {
  return onednn_reads_in_place(p) && rows_collide(p);
}

std::string onednn_version() {
  const dnnl_version_t* version = dnnl_version();
  return "oneDNN " + std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
         std::to_string(version->patch);
}

}  // namespace

void multiply_on_this_thread(const float* a, const float* b, float* c, const StridedProduct& p) {
  if (openblas_is_faster(p)) return openblas::multiply(a, b, c, p);
  onednn::stay_on_this_thread();
  using onednn::extent;
  dnnl_sgemm(p.transpose_a ? 'T' : 'N', p.transpose_b ? 'T' : 'N', extent(p.m), extent(p.n),
             extent(p.k), 1.0F, a, extent(p.stride_a), b, extent(p.stride_b), 0.0F, c,
             extent(p.stride_c));
}

const char* matmul_library() {
  static const std::string name = [] {
    if (std::is_same_v<Scalar, double>) return openblas::description();
    return onednn::avx512() ? onednn_version() : onednn_version() + ", " + openblas::description();
  }();
  return name.c_str();
}

}  // namespace saddle::kernels
