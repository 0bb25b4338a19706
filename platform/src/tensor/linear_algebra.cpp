#include "tensor/linear_algebra.hpp"

#include "tensor/openblas.hpp"

#include <saddle/base/error.hpp>

#include <xtensor-blas/xblas.hpp>  // xlapack.hpp needs what it defines
#include <xtensor-blas/xlapack.hpp>

#include <cassert>
#include <string>
#include <utility>

namespace saddle::kernels {
namespace {

using Index = xt::blas_index_t;

Index index(std::size_t x) { return static_cast<Index>(x); }

// LAPACK's dsyevd, which overwrites the matrix with its eigenvectors where `job` is 'V'. It counts
// by columns; of a symmetric matrix these are its rows.
std::vector<double> syevd(char job, Matrix& a) {
  assert(a.rows == a.columns);
  std::vector<double> values(a.rows);
  if (a.rows == 0) return values;
  openblas::stay_on_this_thread();
  const Index n = index(a.rows);
  double work_size = 0;
  Index integer_size = 0;
  cxxlapack::syevd<Index>(job, 'L', n, a.values.data(), n, values.data(), &work_size, -1,
                          &integer_size, -1);
  std::vector<double> work(static_cast<std::size_t>(work_size));
  std::vector<Index> integers(static_cast<std::size_t>(integer_size));
  const Index failed =
      cxxlapack::syevd<Index>(job, 'L', n, a.values.data(), n, values.data(), work.data(),
                              index(work.size()), integers.data(), integer_size);
  if (failed != 0)
    throw PluginError("the eigenvalues of a symmetric matrix [" + std::to_string(a.rows) + ", " +
                      std::to_string(a.rows) + "] were not found: LAPACK's dsyevd returned " +
                      std::to_string(failed) + ". Its elements must be finite.");
  return values;
}

}  // namespace

Matrix multiply(const Matrix& a, const Matrix& b, bool transpose_a, bool transpose_b) {
  const std::size_t m = transpose_a ? a.columns : a.rows, k = transpose_a ? a.rows : a.columns;
  const std::size_t n = transpose_b ? b.rows : b.columns;
  assert((transpose_b ? b.columns : b.rows) == k);
  Matrix c(m, n);
  if (m == 0 || n == 0 || k == 0) return c;
  openblas::multiply(a.values.data(), b.values.data(), c.values.data(),
                     {transpose_a, transpose_b, m, n, k, a.columns, b.columns, n});
  return c;
}

SymmetricEigen symmetric_eigen(Matrix a) {
  std::vector<double> values = syevd('V', a);
  return {std::move(values), std::move(a)};
}

std::vector<double> symmetric_eigenvalues(Matrix a) { return syevd('N', a); }

}  // namespace saddle::kernels
