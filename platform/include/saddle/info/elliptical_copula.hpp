#pragma once

#include <saddle/base/random.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <vector>

// Pairs (x, y) whose axes are made alike by their ranks and then taken to be jointly Student or
// Gaussian: copulas with elliptical contours (Demarta and McNeil 2005). Everything is in nats.
namespace saddle::info {

class EllipticalCopula {
 public:
  // Fitted to rank scores x [n, dx], y [n, dy] of the same freedom. The dispersion is the fixed
  // point of Student's weights (Maronna 1976). Of its canonical correlations those stay that n
  // points can tell from 0, without the bias that dx + dy axes give them (Bao et al. 2019,
  // "Canonical correlation coefficients of high-dimensional Gaussian vectors").
  EllipticalCopula(const Matrix& x, const Matrix& y, double freedom);

  // ln p(x, y) / p(x) p(y) of all pairs of rows: [n, dx], [m, dy] -> [n, m]
  Matrix log_ratios(const Matrix& x, const Matrix& y) const;

  // The same of pairs that are drawn from the law that was fitted. -> [n, n]
  Matrix simulated_log_ratios(std::size_t n, const RandomStream& stream) const;

  // The canonical correlations that stayed, descending.
  const std::vector<double>& correlations() const { return correlations_; }

 private:
  // What the ratio depends on, for each row: the canonical variates [n, K] and the squared length
  // of the whitened point.
  struct Side {
    Matrix canonical;
    std::vector<double> lengths;
  };
  Side side(const Matrix& points, const Matrix& whiten, const Matrix& canonical) const;
  Matrix log_ratios(const Side& x, const Side& y) const;
  // Of Student's law: from the products of canonical pairs, and the squared lengths of rows and
  // columns as the joint law weighs them.
  void student_ratios(const Side& x, const Side& y, double constant,
                      const std::vector<double>& length_x, const std::vector<double>& length_y,
                      Matrix& ratios) const;

  double freedom_;
  std::size_t dx_, dy_;
  // x whiten_x_ is white, [n, dx]; x canonical_x_ are the canonical variates, [n, K].
  Matrix whiten_x_, whiten_y_, canonical_x_, canonical_y_;
  std::vector<double> correlations_;  // [K]
};

}  // namespace saddle::info
