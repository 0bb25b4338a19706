#include <saddle/tensor/random.hpp>

#include "tensor/parallel.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace saddle {
namespace {

// Numbers that take about as long to draw as a thread takes to wake up several times.
constexpr std::size_t kGrain = 512;

// draw(rows, count, width, out) writes `width` numbers of each of `count` rows.
template <class Draw>
Tensor fill_rows(const Shape& shape, std::size_t first_row, Draw draw) {
  Tensor out = empty(shape);
  const std::size_t row_count = shape.empty() ? 1 : shape[0];
  if (row_count == 0) return out;
  const std::size_t width = out.size() / row_count;
  const std::size_t grain = std::max<std::size_t>(1, kGrain / std::max<std::size_t>(1, width));
  kernels::for_ranges(row_count, grain, [&](std::size_t begin, std::size_t end) {
    PoolVector<std::uint32_t> rows(end - begin);
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(first_row + begin));
    PoolVector<double> numbers(rows.size() * width);
    draw(rows.data(), rows.size(), width, numbers.data());
    std::transform(numbers.begin(), numbers.end(), out.data() + begin * width,
                   [](double number) { return static_cast<Scalar>(number); });
  });
  return out;
}

}  // namespace

Tensor random_normal(const RandomStream& stream, const Shape& shape, std::size_t first_row) {
  return fill_rows(shape, first_row,
                   [&](const std::uint32_t* rows, std::size_t count, std::size_t width,
                       double* numbers) { stream.normals(rows, count, width, numbers); });
}

Tensor random_uniform(const RandomStream& stream, const Shape& shape, double low, double high,
                      std::size_t first_row) {
  return fill_rows(
      shape, first_row,
      [&](const std::uint32_t* rows, std::size_t count, std::size_t width, double* numbers) {
        for (std::size_t r = 0; r < count; ++r)
          stream.uniforms(rows[r], width, numbers + r * width);
        for (std::size_t i = 0; i < count * width; ++i)
          numbers[i] = low + (high - low) * numbers[i];
      });
}

}  // namespace saddle
