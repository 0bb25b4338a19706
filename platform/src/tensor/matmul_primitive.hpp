#pragma once

#include "tensor/onednn.hpp"

#include <cstddef>

namespace saddle::kernels {

// c = a b^T: [m, k] x [n, k]^T -> [m, n].
struct TransposedShape {
  std::size_t m, n, k;
};

// Such a product of one shape in oneDNN, on one thread. oneDNN's sgemm spends a quarter of the time
// of small products of this kind on packing b.
class MatmulPrimitive {
 public:
  explicit MatmulPrimitive(const TransposedShape& shape);

  // Whether oneDNN has a kernel of its own for this shape and processor. Where it has none, it must
  // not run.
  bool fast() const { return fast_; }
  void run(const float* a, const float* b, float* c);

 private:
  void create(const TransposedShape& shape);

  bool fast_ = false;
  std::size_t scratch_bytes_ = 0;
  onednn::Call multiply_;
};

// Made once for each shape by each thread. Valid until the next call.
MatmulPrimitive& matmul_primitive(const TransposedShape& shape);

}  // namespace saddle::kernels
