#include <saddle/tensor/random.hpp>

#include <vector>

namespace saddle {
namespace {

template <class Draw>
Tensor fill_rows(const Shape& shape, std::size_t first_row, Draw draw) {
  Tensor out = empty(shape);
  const std::size_t row_count = shape.empty() ? 1 : shape[0];
  if (row_count == 0) return out;
  std::vector<double> row(out.size() / row_count);
  for (std::size_t r = 0; r < row_count; ++r) {
    draw(static_cast<std::uint32_t>(first_row + r), row);
    for (std::size_t i = 0; i < row.size(); ++i)
      out.data()[r * row.size() + i] = static_cast<Scalar>(row[i]);
  }
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
