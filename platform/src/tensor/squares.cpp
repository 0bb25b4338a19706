#include "tensor/kernels.hpp"
#include "tensor/map.hpp"

#include <algorithm>
#include <type_traits>

namespace saddle::kernels {
namespace {

// So many squares of floats are added as floats; their sums are added as doubles.
constexpr std::size_t kChunk = 512;
// Beyond these, squares of floats lose digits or leave their range.
constexpr Scalar kSmallest = Scalar(1e-25), kLargest = Scalar(1e37);

// The sum of at(i)^2, where at.lanes(i) is a vector of them.
template <class At>
Scalar sum_chunk(std::size_t begin, std::size_t end, const At& at) {
  Batch lanes[4] = {Batch(0), Batch(0), Batch(0), Batch(0)};
  std::size_t i = begin;
  for (; i + 4 * Batch::size <= end; i += 4 * Batch::size)
    for (std::size_t j = 0; j < 4; ++j) {
      const Batch u = at.lanes(i + j * Batch::size);
      lanes[j] = xsimd::fma(u, u, lanes[j]);
    }
  Scalar rest = 0;
  for (; i < end; ++i) rest += at.one(i) * at.one(i);
  return xsimd::hadd((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + rest;
}

template <class At>
double sum_chunk_in_double(std::size_t begin, std::size_t end, const At& at) {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i)
    sum += static_cast<double>(at.one(i)) * static_cast<double>(at.one(i));
  return sum;
}

template <class At>
double sum_all(std::size_t count, const At& at) {
  double total = 0;
  for (std::size_t begin = 0; begin < count; begin += kChunk) {
    const std::size_t end = std::min(count, begin + kChunk);
    const Scalar sum = sum_chunk(begin, end, at);
    const bool in_range = std::is_same_v<Scalar, double> || (sum > kSmallest && sum < kLargest);
    total += in_range ? static_cast<double>(sum) : sum_chunk_in_double(begin, end, at);
  }
  return total;
}

struct Numbers {
  const Scalar* x;
  Batch lanes(std::size_t i) const { return Batch::load_unaligned(x + i); }
  Scalar one(std::size_t i) const { return x[i]; }
};

struct Differences {
  const Scalar *x, *y;
  Batch lanes(std::size_t i) const {
    return Batch::load_unaligned(x + i) - Batch::load_unaligned(y + i);
  }
  Scalar one(std::size_t i) const { return x[i] - y[i]; }
};

}  // namespace

double sum_of_squares(const Scalar* x, std::size_t count) { return sum_all(count, Numbers{x}); }

double sum_of_squares(const Scalar* x, const Scalar* y, std::size_t count) {
  return sum_all(count, Differences{x, y});
}

}  // namespace saddle::kernels
