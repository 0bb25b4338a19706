#include <saddle/nn/initialisers.hpp>

#include <saddle/tensor/random.hpp>

#include <cassert>
#include <cmath>

namespace saddle::init {

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
    assert(shape.size() == 2);
    return normal(gain / std::sqrt(static_cast<double>(shape[0])))(shape, stream);
  };
}

Initialiser xavier(double gain) {
  return [gain](const Shape& shape, const RandomStream& stream) {
    assert(shape.size() == 2);
    const double bound = gain * std::sqrt(6.0 / static_cast<double>(shape[0] + shape[1]));
    return random_uniform(stream, shape, -bound, bound);
  };
}

}  // namespace saddle::init
