#include <saddle/nn/pyramid.hpp>

#include <saddle/base/error.hpp>

namespace saddle::nn {
namespace {

// How often a side can be halved before fewer than 4 pixels are left.
std::size_t halvings_of(std::size_t side) {
  std::size_t count = 0;
  for (; side >= 8; side /= 2) ++count;
  return count;
}

}  // namespace

Pyramid image_pyramid(const Shape& shape) {
  const bool is_image = shape.size() == 3 && shape[2] > 0;
  const std::size_t halvings = is_image ? halvings_of(shape[0]) : 0;
  const std::size_t step = std::size_t{1} << halvings;
  if (halvings == 0 || halvings_of(shape[1]) != halvings || shape[0] % step != 0 ||
      shape[1] % step != 0)
    throw SpecError(
        "expected images [height, width, channels] whose sides are 4 to 7 times the same power of "
        "two, at least 2 (28, 32 and 64 are), found " +
        to_text(shape) + ".");
  return {halvings, {shape[0] / step, shape[1] / step}, shape[2]};
}

}  // namespace saddle::nn
