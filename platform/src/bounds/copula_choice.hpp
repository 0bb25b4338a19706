#pragma once

#include <saddle/info/elliptical_copula.hpp>

#include "bounds/pairs.hpp"

#include <vector>

// Elliptical copulas judged by pairs that they were not fitted to.
namespace saddle::bounds {

// A number for each pair.
using Terms = std::vector<double>;
Terms difference(const Terms& a, const Terms& b);

// Held-out pairs are scored in blocks of nearly equal size: all pairs of a block against each
// other.
inline constexpr std::size_t kMostBlock = 2048;
std::vector<Rows> blocks(const Rows& rows, std::size_t most = kMostBlock);

struct Fold {
  Rows fit, held_out;
};
// Every row is held out once.
std::vector<Fold> folds_of(std::size_t n, std::size_t count, const RandomStream& stream);

// The copulas of one freedom, of each fold, and the information that they find.
struct CopulaFit {
  double freedom;
  Matrix x, y;  // rank scores of this freedom
  std::vector<info::EllipticalCopula> copulas;
  Terms held_out;  // in the symmetric InfoNCE bound
  // Without the bias of fitted correlations, and with what the bound is above the mean log ratio
  // beyond what it is on pairs of the fitted law: where the data are of another law, a copula's
  // ratio is not that of any density, and only the bound is one.
  double value;
};

// Of samples x [n, dx], y [n, dy]: a Gaussian copula, or the Student copula of the freedom that
// scores highest where its score is more than `errors` standard errors higher.
CopulaFit choose_copula(const Matrix& x, const Matrix& y, const std::vector<Fold>& folds,
                        double errors, const RandomStream& stream);

}  // namespace saddle::bounds
