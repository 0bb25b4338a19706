#pragma once

#include <saddle/info/frechet.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>

// Entropy, divergence and information of Gaussians, in nats: closed forms of their moments, and
// estimates from samples that are without bias where the samples are Gaussian.
//
// ln det of the covariance S of n points of d dimensions is, on average, that of the law plus
// sum_{i = 1..d} psi((n - i) / 2) + d ln(2 / (n - 1)), a number below 0 (Wishart's law; Misra,
// Singh and Demchuk 2005), which the estimates subtract. They are NaN for n <= d.
namespace saddle::info {

// d / 2 (1 + ln 2 pi) + ln det(S) / 2. -infinity where S is singular.
double gaussian_entropy(const Matrix& covariance);
// KL(p || q) = (tr(Sq^-1 Sp) + m^T Sq^-1 m - d + ln det Sq - ln det Sp) / 2 with m the difference
// of the means. Infinite where one covariance alone is singular, NaN where both are. Throws
// PluginError for different dimensions.
double gaussian_kl(const Moments& p, const Moments& q);
// I(x; y) = (ln det Sx + ln det Sy - ln det S) / 2 of a covariance [dx + dy, dx + dy], of which the
// first dx axes are x. Infinite where S alone is singular, NaN where that of x or y is.
double gaussian_information(const Matrix& covariance, std::size_t dx);

// Of points [n, d].
double gaussian_entropy_estimate(const Matrix& points);
// From points of p [n, d] to points of q [m, d]. Besides the determinants it corrects
// E Sq^-1 = (m - 1) / (m - d - 2) of the law's, and tr / n + d / m in the distance of the means.
// NaN for n <= d or m <= d + 2. Throws PluginError for different dimensions.
double gaussian_kl_estimate(const Matrix& p, const Matrix& q);
// Of pairs, x [n, dx] and y [n, dy]. Uncorrected it is too high by about dx dy / 2n. NaN for
// n <= dx + dy. Throws PluginError for different numbers of rows.
double gaussian_information_estimate(const Matrix& x, const Matrix& y);

// The estimate above of the `rank_scores` of x and y (Ince et al. 2017). On average a lower bound
// of I(x; y) for every law, met where only the axes are not Gaussian.
double gaussian_copula_information(const Matrix& x, const Matrix& y);

}  // namespace saddle::info
