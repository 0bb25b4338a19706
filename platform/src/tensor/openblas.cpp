#include "tensor/openblas.hpp"

#include <xtensor-blas/xblas.hpp>

// OpenBLAS's own controls. Its header cannot stand beside xtensor-blas's copy of the BLAS
// interface.
extern "C" {
void openblas_set_num_threads(int);
char* openblas_get_config(void);
char* openblas_get_corename(void);
}

namespace saddle::kernels::openblas {
namespace {

cxxblas::Transpose transposed(bool yes) {
  return yes ? cxxblas::Transpose::Trans : cxxblas::Transpose::NoTrans;
}

}  // namespace

// Once: parts of an op come here from several threads.
void stay_on_this_thread() {
  [[maybe_unused]] static const bool alone = (openblas_set_num_threads(1), true);
}

template <class T>
void multiply(const T* a, const T* b, T* c, const StridedProduct& p) {
  stay_on_this_thread();
  const auto index = [](std::size_t x) { return static_cast<xt::blas_index_t>(x); };
  cxxblas::gemm<xt::blas_index_t>(cxxblas::StorageOrder::RowMajor, transposed(p.transpose_a),
                                  transposed(p.transpose_b), index(p.m), index(p.n), index(p.k),
                                  T{1}, a, index(p.stride_a), b, index(p.stride_b), T{0}, c,
                                  index(p.stride_c));
}

template void multiply(const float*, const float*, float*, const StridedProduct&);
template void multiply(const double*, const double*, double*, const StridedProduct&);

std::string description() {
  return std::string(openblas_get_config()) + " " + openblas_get_corename();
}

}  // namespace saddle::kernels::openblas
