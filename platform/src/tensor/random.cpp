#include <saddle/tensor/random.hpp>

#include "tensor/parallel.hpp"

#include <algorithm>
#include <vector>

namespace saddle {
namespace {

// Numbers that take about as long to draw as a thread takes to wake up several times.
constexpr std::size_t kGrain = 512;

template <class Draw>
Tensor fill_rows(const Shape& shape, std::size_t first_row, Draw draw) {
  Tensor out = empty(shape);
  const std::size_t row_count = shape.empty() ? 1 : shape[0];
  if (row_count == 0) return out;
  const std::size_t width = out.size() / row_count;
  const std::size_t rows = std::max<std::size_t>(1, kGrain / std::max<std::size_t>(1, width));
  kernels::for_ranges(row_count, rows, [&](std::size_t begin, std::size_t end) {
    std::vector<double> row(width);
    for (std::size_t r = begin; r < end; ++r) {
      draw(static_cast<std::uint32_t>(first_row + r), row);
      for (std::size_t i = 0; i < width; ++i)
        out.data()[r * width + i] = static_cast<Scalar>(row[i]);
    }
  });
  return out;
}

}  // namespace

Tensor random_normal(const RandomStream& stream, const Shape& shape, std::size_t first_row) {
  return fill_rows(shape, first_row, [&](std::uint32_t r, std::vector<double>& row) {
    stream.normals(r, row.size(), row.data());
  });
}

Tensor random_uniform(const RandomStream& stream, const Shape& shape, double low, double high,
                      std::size_t first_row) {
  return fill_rows(shape, first_row, [&](std::uint32_t r, std::vector<double>& row) {
    stream.uniforms(r, row.size(), row.data());
    for (double& value : row) value = low + (high - low) * value;
  });
}

}  // namespace saddle
