#include <saddle/nn/initialisers.hpp>

#include <saddle/tensor/random.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace saddle::init {
namespace {

// The rows of [count, length], count <= length, made orthonormal by Gram and Schmidt's method;
// twice, since what rounding leaves of the others in the first pass is gone after the second.
std::vector<std::vector<double>> orthonormalised(const Tensor& rows) {
  std::vector<std::vector<double>> done;
  for (std::size_t i = 0; i < rows.shape(0); ++i) {
    const Scalar* row = rows.data() + i * rows.shape(1);
    std::vector<double> vector(row, row + rows.shape(1));
    for (int pass = 0; pass < 2; ++pass)
      for (const std::vector<double>& other : done) {
        const double overlap = std::inner_product(vector.begin(), vector.end(), other.begin(), 0.0);
        for (std::size_t j = 0; j < vector.size(); ++j) vector[j] -= overlap * other[j];
      }
    const double length =
        std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
    for (double& value : vector) value /= length;
    done.push_back(std::move(vector));
  }
  return done;
}

}  // namespace

Initialiser constant(double value) {
  return [value](const Shape& shape, const RandomStream&) { return full(shape, value); };
}

Initialiser normal(double deviation) {
  return [deviation](const Shape& shape, const RandomStream& stream) {
    Tensor out = random_normal(stream, shape);
    for (Scalar& value : out) value *= static_cast<Scalar>(deviation);
    return out;
  };
}

Initialiser uniform(double low, double high) {
  return [low, high](const Shape& shape, const RandomStream& stream) {
    return random_uniform(stream, shape, low, high);
  };
}

Initialiser he(double gain) {
  return [gain](const Shape& shape, const RandomStream& stream) {
    assert(shape.size() >= 2);
    const double in = static_cast<double>(element_count(shape)) / static_cast<double>(shape.back());
    return normal(gain / std::sqrt(in))(shape, stream);
  };
}

Initialiser xavier(double gain) {
  return [gain](const Shape& shape, const RandomStream& stream) {
    assert(shape.size() >= 2);
    const auto in = static_cast<double>(shape[shape.size() - 2]);
    const auto out = static_cast<double>(shape.back());
    const double window = static_cast<double>(element_count(shape)) / (in * out);
    const double bound = gain * std::sqrt(6.0 / (window * (in + out)));
    return random_uniform(stream, shape, -bound, bound);
  };
}

Initialiser orthogonal(double gain) {
  return [gain](const Shape& shape, const RandomStream& stream) {
    const std::size_t out = shape.back(), rest = element_count(shape) / out;
    const bool columns = out <= rest;
    const Tensor drawn = random_normal(stream, {std::min(out, rest), std::max(out, rest)});
    const std::vector<std::vector<double>> vectors = orthonormalised(drawn);
    Tensor weight = empty({rest, out});
    for (std::size_t i = 0; i < rest; ++i)
      for (std::size_t j = 0; j < out; ++j)
        weight(i, j) = static_cast<Scalar>(gain * (columns ? vectors[j][i] : vectors[i][j]));
    weight.reshape(shape);
    return weight;
  };
}

}  // namespace saddle::init
