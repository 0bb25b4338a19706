#include <saddle/info/elliptical_copula.hpp>

#include "info/dispersion.hpp"
#include "info/pairs.hpp"
#include "info/special.hpp"
#include "tensor/linear_algebra.hpp"
#include "tensor/map.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace saddle::info {
namespace {

// Beyond it the ratio's terms cancel to noise.
constexpr double kMostSquare = 1 - 1e-12;

// [rows, columns] from (top, left) on.
Matrix block(const Matrix& a, std::size_t top, std::size_t left, std::size_t rows,
             std::size_t columns) {
  Matrix part(rows, columns);
  for (std::size_t i = 0; i < rows; ++i) std::copy_n(a.row(top + i) + left, columns, part.row(i));
  return part;
}

// The squared correlation behind an observed one r2, with shares p = dx / n and q = dy / n: the
// larger root of r2 = (rho2 (1 - p) + p) (rho2 (1 - q) + q) / rho2; 0 within the noise.
double unbiased_square(double r2, double p, double q) {
  if (p + q >= 1) return 0;
  const double edge = p + q - 2 * p * q + 2 * std::sqrt(p * q * (1 - p) * (1 - q));
  if (r2 <= edge) return 0;
  const double a = (1 - p) * (1 - q), b = r2 - q * (1 - p) - p * (1 - q), c = p * q;
  return (b + std::sqrt(std::max(b * b - 4 * a * c, 0.0))) / (2 * a);
}

// sum_k weights[k] x_ik^2 of each row.
std::vector<double> weighted_lengths(const Matrix& x, const std::vector<double>& weights) {
  std::vector<double> lengths(x.rows);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t k = 0; k < x.columns; ++k)
      lengths[i] += weights[k] * x.row(i)[k] * x.row(i)[k];
  return lengths;
}

template <class Body>
void for_rows(Matrix& x, const Body& body) {
  constexpr std::size_t kGrain = 16;
  kernels::for_ranges(x.rows, kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) body(i, x.row(i));
  });
}

// Of the part of Student's density that does not hold for its axes alone.
double log_normaliser(double freedom, double d) {
  return std::lgamma((freedom + d) / 2) - std::lgamma(freedom / 2) -
         d / 2 * std::log(freedom * std::acos(-1.0));
}

}  // namespace

EllipticalCopula::EllipticalCopula(const Matrix& x, const Matrix& y, double freedom)
    : freedom_(freedom),
      dx_(x.columns),
      dy_(y.columns),
      whiten_x_(0, 0),
      whiten_y_(0, 0),
      canonical_x_(0, 0),
      canonical_y_(0, 0) {
  const std::size_t dx = dx_, dy = dy_;
  const Matrix r = dispersion(side_by_side(x, y), freedom);
  whiten_x_ = inverse_root(block(r, 0, 0, dx, dx));
  whiten_y_ = inverse_root(block(r, dx, dx, dy, dy));
  // C = Rx^-1/2 Rxy Ry^-1/2 = sum_k r_k u_k v_k^T
  const Matrix c =
      kernels::multiply(kernels::multiply(whiten_x_, block(r, 0, dx, dx, dy)), whiten_y_);
  const kernels::SymmetricEigen eigen =
      kernels::symmetric_eigen(kernels::multiply(c, c, false, true));
  const auto n = static_cast<double>(x.rows);
  for (std::size_t k = dx; k-- > 0;) {
    const double square =
        unbiased_square(eigen.values[k], static_cast<double>(dx) / n, static_cast<double>(dy) / n);
    if (!(square > 0)) break;
    correlations_.push_back(std::sqrt(std::min(square, kMostSquare)));
  }
  const std::size_t kept = correlations_.size();
  Matrix u = block(eigen.vectors, dx - kept, 0, kept, dx);
  for (std::size_t k = 0; k < kept / 2; ++k)
    std::swap_ranges(u.row(k), u.row(k) + dx, u.row(kept - 1 - k));
  Matrix v = kernels::multiply(u, c);
  for (std::size_t k = 0; k < kept; ++k)
    for (std::size_t j = 0; j < dy; ++j) v.row(k)[j] /= std::sqrt(eigen.values[dx - 1 - k]);
  canonical_x_ = kernels::multiply(whiten_x_, u, false, true);
  canonical_y_ = kernels::multiply(whiten_y_, v, false, true);
}

EllipticalCopula::Side EllipticalCopula::side(const Matrix& points, const Matrix& whiten,
                                              const Matrix& canonical) const {
  return {kernels::multiply(points, canonical), squared_lengths(kernels::multiply(points, whiten))};
}

Matrix EllipticalCopula::log_ratios(const Matrix& x, const Matrix& y) const {
  return log_ratios(side(x, whiten_x_, canonical_x_), side(y, whiten_y_, canonical_y_));
}

Matrix EllipticalCopula::simulated_log_ratios(std::size_t n, const RandomStream& stream) const {
  const std::size_t kept = correlations_.size();
  Side x{Matrix(n, kept), std::vector<double>(n)}, y = x;
  std::vector<double> normals(2 * kept), uniforms(3);
  const auto square = [](double uniform, std::size_t freedom) {
    return freedom == 0 ? 0 : chi_squared_quantile(uniform, static_cast<double>(freedom));
  };
  for (std::size_t i = 0; i < n; ++i) {
    stream.child("variates").normals(static_cast<std::uint32_t>(i), normals.size(), normals.data());
    stream.child("lengths").uniforms(static_cast<std::uint32_t>(i), uniforms.size(),
                                     uniforms.data());
    const double shrink =
        std::isinf(freedom_) ? 1 : freedom_ / chi_squared_quantile(uniforms[2], freedom_);
    x.lengths[i] = square(uniforms[0], dx_ - kept);
    y.lengths[i] = square(uniforms[1], dy_ - kept);
    for (std::size_t k = 0; k < kept; ++k) {
      const double rho = correlations_[k], u = normals[2 * k];
      const double v = rho * u + std::sqrt(1 - rho * rho) * normals[2 * k + 1];
      x.canonical.row(i)[k] = u * std::sqrt(shrink);
      y.canonical.row(i)[k] = v * std::sqrt(shrink);
      x.lengths[i] += u * u;
      y.lengths[i] += v * v;
    }
    x.lengths[i] *= shrink;
    y.lengths[i] *= shrink;
  }
  return log_ratios(x, y);
}

Matrix EllipticalCopula::log_ratios(const Side& x, const Side& y) const {
  // With rho = r_k, the joint's squared length is |x|^2 + |y|^2 + q,
  // q = sum_k (rho^2 (u^2 + v^2) - 2 rho u v) / (1 - rho^2).
  std::vector<double> weights;
  Matrix crossed = x.canonical;
  double constant = 0;
  for (std::size_t k = 0; k < correlations_.size(); ++k) {
    const double rho = correlations_[k], rest = 1 - rho * rho;
    weights.push_back(rho * rho / rest);
    for (std::size_t i = 0; i < crossed.rows; ++i) crossed.row(i)[k] *= -2 * rho / rest;
    constant -= std::log(rest) / 2;
  }
  const std::vector<double> of_x = weighted_lengths(x.canonical, weights),
                            of_y = weighted_lengths(y.canonical, weights);
  Matrix ratios = kernels::multiply(crossed, y.canonical, false, true);
  const std::size_t m = ratios.columns;
  if (std::isinf(freedom_)) {
    for_rows(ratios, [&](std::size_t i, double* row) {
      for (std::size_t j = 0; j < m; ++j) row[j] = constant - (row[j] + of_x[i] + of_y[j]) / 2;
    });
  } else {
    std::vector<double> length_x, length_y;
    for (std::size_t i = 0; i < ratios.rows; ++i) length_x.push_back(of_x[i] + x.lengths[i]);
    for (std::size_t j = 0; j < m; ++j) length_y.push_back(of_y[j] + y.lengths[j]);
    student_ratios(x, y, constant, length_x, length_y, ratios);
  }
  return ratios;
}

void EllipticalCopula::student_ratios(const Side& x, const Side& y, double constant,
                                      const std::vector<double>& length_x,
                                      const std::vector<double>& length_y, Matrix& ratios) const {
  const double nu = freedom_;
  const auto dx = static_cast<double>(dx_), dy = static_cast<double>(dy_);
  constant += log_normaliser(nu, dx + dy) - log_normaliser(nu, dx) - log_normaliser(nu, dy);
  std::vector<double> marginal_y;
  for (std::size_t j = 0; j < ratios.columns; ++j)
    marginal_y.push_back((nu + dy) / 2 * std::log1p(y.lengths[j] / nu));
  for_rows(ratios, [&](std::size_t i, double* row) {
    const double marginal_x = constant + (nu + dx) / 2 * std::log1p(x.lengths[i] / nu);
    const double of_row = length_x[i];
    kernels::map_range(
        0, ratios.columns, row,
        [of_row, marginal_x, nu, dx, dy](auto cross, auto of_column, auto marginal) {
          using V = decltype(cross);
          const V length = cross + of_column + V(of_row);
          return marginal + V(marginal_x) - V((nu + dx + dy) / 2) * log1p(length / V(nu));
        },
        row, length_y.data(), marginal_y.data());
  });
}

}  // namespace saddle::info
