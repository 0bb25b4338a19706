#include "experiment/plugin_check/bits.hpp"

#include "base/text.hpp"

#include <cstring>

namespace saddle::plugin_check {
namespace {

// Row `row` of a tensor of `rows` rows, or all of another one.
Tensor part(const Tensor& a, std::size_t rows_of_batch, std::size_t row) {
  const bool by_row = a.dimension() > 0 && a.shape(0) == rows_of_batch;
  return by_row ? rows(a, row, row + 1) : a;
}

}  // namespace

std::string first_difference(const Tensor& a, const Tensor& b) {
  if (a.shape() != b.shape()) return to_text(a.shape()) + " and " + to_text(b.shape());
  for (std::size_t i = 0; i < a.size(); ++i)
    if (std::memcmp(a.data() + i, b.data() + i, sizeof(Scalar)) != 0)
      return "element " + std::to_string(i) + " is " +
             number_text(static_cast<double>(a.data()[i])) + " and " +
             number_text(static_cast<double>(b.data()[i]));
  return "";
}

bool same_row(const Tensor& a, const Tensor& b, std::size_t rows, std::size_t row) {
  return first_difference(part(a, rows, row), part(b, rows, row)).empty();
}

bool finite_row(const Tensor& a, std::size_t rows, std::size_t row) {
  return all_finite(part(a, rows, row));
}

}  // namespace saddle::plugin_check
