#include "tensor/linear_algebra.hpp"

#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using saddle::testing::matrix_of;

TEST_CASE("A tensor becomes a matrix of its flattened rows, in double") {
  const Matrix x = to_matrix(tensor({2, 1, 2}, {1, 2, 3, 4.5}));
  CHECK(x.rows == 2);
  CHECK(x.columns == 2);
  CHECK(x.values == std::vector<double>{1, 2, 3, 4.5});
  CHECK(all_finite(x));
  CHECK_FALSE(all_finite(matrix_of({{1, NAN}})));
  CHECK_FALSE(all_finite(matrix_of({{1, INFINITY}})));
}

TEST_CASE("Matrices multiply, transposed or not") {
  const Matrix a = matrix_of({{1, 2, 3}, {4, 5, 6}}), b = matrix_of({{1, 0, 2}, {0, 1, 3}});
  CHECK(kernels::multiply(a, b, false, true).values == std::vector<double>{7, 11, 16, 23});
  CHECK(kernels::multiply(a, b, true, false).values ==
        std::vector<double>{1, 4, 14, 2, 5, 19, 3, 6, 24});
  CHECK(kernels::multiply(matrix_of({{1, 2}}), a).values == std::vector<double>{9, 12, 15});
  CHECK(kernels::multiply(Matrix(2, 0), Matrix(0, 2)).values == std::vector<double>(4, 0.0));
}

TEST_CASE("A symmetric matrix is the sum of its eigenvalues' parts") {
  // Eigenvalues 1, 3 with (1, -1) and (1, 1) / sqrt 2.
  const Matrix a = matrix_of({{2, 1}, {1, 2}});
  const kernels::SymmetricEigen eigen = kernels::symmetric_eigen(a);
  CHECK(eigen.values[0] == Approx(1).epsilon(1e-14));
  CHECK(eigen.values[1] == Approx(3).epsilon(1e-14));
  CHECK(eigen.vectors.row(0)[0] == Approx(-eigen.vectors.row(0)[1]).epsilon(1e-14));
  CHECK(eigen.vectors.row(1)[0] == Approx(eigen.vectors.row(1)[1]).epsilon(1e-14));
  CHECK(std::abs(eigen.vectors.row(1)[0]) == Approx(std::sqrt(0.5)).epsilon(1e-14));
  CHECK(kernels::symmetric_eigenvalues(a)[1] == Approx(3).epsilon(1e-14));
  CHECK(kernels::symmetric_eigenvalues(Matrix(0, 0)).empty());
}

TEST_CASE("A larger symmetric matrix is restored from its eigenvalues and vectors") {
  constexpr std::size_t kSize = 40;
  Matrix a(kSize, kSize);
  for (std::size_t i = 0; i < kSize; ++i)
    for (std::size_t j = 0; j < kSize; ++j)
      a.row(i)[j] = 1 / (1 + static_cast<double>(i > j ? i - j : j - i));
  const kernels::SymmetricEigen eigen = kernels::symmetric_eigen(a);
  Matrix scaled = eigen.vectors;
  for (std::size_t i = 0; i < kSize; ++i)
    for (std::size_t j = 0; j < kSize; ++j) scaled.row(i)[j] *= eigen.values[i];
  const Matrix restored = kernels::multiply(scaled, eigen.vectors, true, false);
  for (std::size_t i = 0; i < kSize * kSize; ++i)
    CHECK(std::abs(restored.values[i] - a.values[i]) < 1e-13);
}
