#pragma once

#include <saddle/tensor/matrix.hpp>

namespace saddle::info {

// What the class probabilities p(y | x) of samples tell, in nats.
struct ClassScores {
  double label_entropy;        // H(y) of the mean of p(y | x) over samples: ln K for even classes
  double conditional_entropy;  // the mean of H(y | x): 0 where each sample is of one class
  // I(y; x) = H(y) - H(y | x), the mean KL(p(y | x) || p(y)). Its exponential, between 1 and the
  // number of classes, is the inception score (Salimans et al. 2016).
  double information;
  double score;
};

// Of probabilities [n, classes], each row of sum 1; 0 ln 0 = 0. NaN for n = 0 or where one is not
// finite. As an estimate from n samples the information is too high by up to (K - 1) / 2n.
ClassScores class_scores(const Matrix& probabilities);

}  // namespace saddle::info
