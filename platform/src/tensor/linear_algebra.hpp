#pragma once

#include <saddle/tensor/matrix.hpp>

#include <vector>

// Linear algebra in double precision for estimators, by OpenBLAS and its LAPACK on one thread.
namespace saddle::kernels {

// op(a) op(b) where op transposes as asked: [m, k] x [k, n] -> [m, n].
Matrix multiply(const Matrix& a, const Matrix& b, bool transpose_a = false,
                bool transpose_b = false);

struct SymmetricEigen {
  std::vector<double> values;  // ascending
  Matrix vectors;              // row i is the eigenvector of length 1 that belongs to values[i]
};

// a = sum_i values[i] v_i v_i^T of a symmetric [n, n], of which one triangle is read. The elements
// must be finite.
SymmetricEigen symmetric_eigen(Matrix a);
// The eigenvalues alone, ascending.
std::vector<double> symmetric_eigenvalues(Matrix a);

}  // namespace saddle::kernels
