#pragma once

#include "tensor/product.hpp"

namespace saddle::kernels {

// Whether a product has so few terms that it is a matter of writing its result.
inline bool is_outer_product(const Product<float>& p) {
  constexpr std::size_t kMostTerms = 4;
  return !p.transpose_a && p.k <= kMostTerms;
}

// Its rows [begin, end), with bias and slope in the same pass.
void outer_product(const float* a, const float* b, float* c, const Product<float>& p,
                   std::size_t begin, std::size_t end);

}  // namespace saddle::kernels
