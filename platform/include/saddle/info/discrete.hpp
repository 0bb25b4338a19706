#pragma once

#include <cstddef>
#include <vector>

// Entropies of a discrete distribution estimated from counts, whole numbers >= 0, in nats. N is
// their sum and K the number of those above 0. The plug-in estimate is `entropy` of histogram.hpp.
// All return NaN where N is 0, and throw PluginError for a count that is no whole number.
namespace saddle::info {

// The plug-in estimate plus (K - 1) / 2N, the first term of its bias (Miller 1955).
double miller_madow_entropy(const std::vector<double>& counts);

// N H - (N - 1) mean_i H_i, H the plug-in estimate and H_i that without observation i (Zahl 1977).
// NaN where N is 1.
double jackknife_entropy(const std::vector<double>& counts);

// -sum C p ln(C p) / (1 - (1 - C p)^N) with the coverage C = 1 - f / N, f the symbols seen once
// (Chao and Shen 2003). Where all are seen once, f is N - 1.
double chao_shen_entropy(const std::vector<double>& counts);

// sum n / N (ln N - psi(n) - (-1)^n / (n + 1)) over the counts n > 0 (Grassberger 1988).
double grassberger_1988_entropy(const std::vector<double>& counts);

// ln N - sum n G(n) / N with G(n) = psi(n) + (-1)^n (psi((n + 1) / 2) - psi(n / 2)) / 2
// (Grassberger 2003).
double grassberger_2003_entropy(const std::vector<double>& counts);

// The mean of the entropy a posteriori under a mixture of symmetric Dirichlet priors over `symbols`
// symbols, mixed so that the entropy a priori is nearly uniform on (0, ln symbols) (Nemenman,
// Shafee and Bialek 2002). The integral over the concentration is exact to about 1e-10. Throws
// PluginError where more symbols are seen than there are.
double nsb_entropy(const std::vector<double>& counts, std::size_t symbols);

// The plug-in estimate `mutual_information` of histogram.hpp plus (K_a + K_b - K_ab - 1) / 2N: the
// Miller-Madow estimate of each entropy in H(a) + H(b) - H(a, b).
double miller_madow_information(const std::vector<std::size_t>& a,
                                const std::vector<std::size_t>& b);

}  // namespace saddle::info
