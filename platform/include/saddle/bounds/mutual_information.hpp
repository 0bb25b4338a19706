#pragma once

#include <saddle/autograd/variable.hpp>

// Bounds and estimates of the mutual information of two variables, in nats, as functions of a
// critic's scores: `joint` [n] on pairs drawn together, `product` [m] on pairs drawn apart. A
// critic is trained by maximising them; they are lower bounds where nothing else is said. n, m > 0.
namespace saddle::bounds {

struct Scores {
  Variable joint, product;
};

// The scores of all pairs of a batch, [n, n] with those drawn together on the diagonal, as joint
// [n] and product [n (n - 1)]. n > 1.
Scores split(const Variable& scores);

// Donsker and Varadhan 1983, as MINE uses it (Belghazi et al. 2018):
// E joint - ln E exp product. High on average over batches by Jensen's inequality, since the
// logarithm is outside: what it is of a batch is no bound.
Variable donsker_varadhan(const Variable& joint, const Variable& product);

// The value of `donsker_varadhan` with MINE's gradient: the batch's E exp product in
// the denominator gives way to a moving average, given as its logarithm.
Variable mine(const Variable& joint, const Variable& product, double log_average);
// ln of the moving average of E exp product once this batch has entered it with weight `rate`; the
// batch alone where `before` is -infinity.
double log_moving_average(double before, const Variable& product, double rate);

// Nguyen, Wainwright and Jordan 2010 (f-GAN's bound on the KL): E joint - E exp(product - 1).
Variable nwj(const Variable& joint, const Variable& product);

// TUBA (Barber and Agakov 2003, as in Poole et al. 2019, equation 8): 1 + E (joint - ln a) -
// E exp(product - ln a), with the logarithm of a baseline a(y) > 0 for each score. `nwj` is its
// case a = e.
Variable tuba(const Scores& scores, const Scores& log_baselines);

// InfoNCE (van den Oord et al. 2018) from scores [n, n]: E_i ln of the share of pair (i, i) in row
// i, plus ln n, which it cannot exceed.
Variable info_nce(const Variable& scores);
// The mean of the bounds from rows and from columns (as Radford et al. 2021 train CLIP).
Variable symmetric_info_nce(const Variable& scores);

// f-GAN's bound on 2 JSD - 2 ln 2 of joint and product (Hjelm et al. 2019, equation 4), which
// trains steadier critics than the bounds on the KL: -E softplus(-joint) - E softplus(product).
Variable jensen_shannon(const Variable& joint, const Variable& product);

// SMILE (Song and Ermon 2020): the value of `donsker_varadhan` with product clipped to [-clip,
// clip], which trades its variance for a bias, and the gradient of `jensen_shannon`. An estimate,
// not a bound.
Variable smile(const Variable& joint, const Variable& product, double clip);

// f-DIME (Letizia, Novello and Tonello 2024): the mean score of the joint pairs, a score being the
// critic's ln of the density ratio; its gradient is that of `nwj` at scores + 1 (KL-DIME), or of
// `jensen_shannon` (GAN-DIME). Free of the product's variance; an estimate, not a bound.
Variable kl_dime(const Variable& joint, const Variable& product);
Variable gan_dime(const Variable& joint, const Variable& product);

// CLUB (Cheng et al. 2020, equation 6): E joint - E product of scores ln q(y | x). An upper bound
// where q is the law of y given x, so q is trained by its likelihood, E joint, and not by this.
Variable club(const Variable& joint, const Variable& product);

}  // namespace saddle::bounds
