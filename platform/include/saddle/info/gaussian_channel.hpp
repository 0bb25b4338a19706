#pragma once

#include <saddle/base/random.hpp>
#include <saddle/tensor/matrix.hpp>

// What a point says about where it came from once noise was added: t = m + sigma e, e normal in
// each coordinate. The conditional density is known, so that nothing is fitted, and in nats. Row i
// of `noisy` belongs to row i of `means`; both are [n, d], n > 1 and sigma > 0. NaN where a number
// is not finite.
namespace saddle::info {

// Sends points through: row i gets the normals of row i of the stream. [n, d] -> [n, d]
Matrix add_noise(Matrix means, double sigma, const RandomStream& noise);

struct ChannelBounds {
  double lower;  // at most ln n
  double upper;  // may be far above where few means lie within sigma of each other
};

// Bounds on I(m; t) that hold on average over samples of n, with p(t_i | m_j) of the noise:
//   lower  <ln p(t_i | m_i) - ln 1 / n sum_j p(t_i | m_j)>
//   upper  the same with the sum over j != i, and n - 1
// Poole, Ozair, van den Oord, Alemi and Tucker 2019, sections 2.1 and 2.3.
ChannelBounds channel_information(const Matrix& means, const Matrix& noisy, double sigma);

}  // namespace saddle::info
