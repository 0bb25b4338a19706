#pragma once

#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <vector>

// Points that repeat, as symbols of an alphabet.
namespace saddle::info {

// Numbers the distinct rows of points [n, d] from 0, in lexicographic order -> n. The points must
// be finite.
std::vector<std::size_t> symbols_of(const Matrix& points);

// How often each of the symbols 0, 1, ... up to the greatest occurs.
std::vector<double> symbol_counts(const std::vector<std::size_t>& symbols);

}  // namespace saddle::info
