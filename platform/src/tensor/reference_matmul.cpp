#include "tensor/reference_matmul.hpp"

#include <xtensor-blas/xblas.hpp>

// OpenBLAS's own controls. Its header cannot stand beside xtensor-blas's copy of the BLAS
// interface.
extern "C" {
void openblas_set_num_threads(int);
char* openblas_get_config(void);
char* openblas_get_corename(void);
}

namespace saddle::kernels {

void reference_multiply(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b,
                        double beta, Tensor& c) {
  // Once: parts of a convolution come here from several threads.
  [[maybe_unused]] static const bool alone = (openblas_set_num_threads(1), true);
  xt::blas::gemm(a, b, c, transpose_a, transpose_b, Scalar{1}, static_cast<Scalar>(beta));
}

std::string reference_library() {
  return std::string(openblas_get_config()) + " " + openblas_get_corename();
}

}  // namespace saddle::kernels
