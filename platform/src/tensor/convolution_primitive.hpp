#pragma once

#include "tensor/convolution.hpp"

#include "tensor/onednn.hpp"

#include <string>

namespace saddle::kernels {

// One pass of one shape in oneDNN, on one thread. Weights are reordered to the layout that its
// kernel likes.
class ConvolutionPrimitive {
 public:
  ConvolutionPrimitive(ConvolutionPass pass, const ConvolutionShape& shape);

  // Whether oneDNN has a kernel of this shape for this processor. Where it has none, nothing below
  // may be called: its reference code is thousands of times slower.
  bool fast() const { return fast_; }
  const char* kernel() const { return kernel_.c_str(); }

  // [kernel height, kernel width, in, out] -> the kernel's own layout, and back.
  Tensor pack(const Tensor& w);
  Tensor unpack(const Tensor& packed);
  Tensor empty_packed() const;
  // Whether weights that the other packs lie as those that this one packs.
  bool packs_like(const ConvolutionPrimitive& other) const { return packed_ == other.packed_; }
  // Reads two of the three and writes the one that the pass computes.
  void run(const Scalar* x, const Scalar* y, const Scalar* packed);

 private:
  void create(ConvolutionPass pass, const ConvolutionShape& shape);
  template <class Primitive>
  void take(const typename Primitive::primitive_desc& description, int x, int y, int weights);

  Shape weight_shape_;
  bool fast_ = false;
  std::string kernel_;
  dnnl::memory::desc x_, y_, packed_, scratch_;
  onednn::Call run_, reorder_;
};

// Made once for each shape by each thread. The shapes of a program are few.
ConvolutionPrimitive& convolution_primitive(ConvolutionPass pass, const ConvolutionShape& shape);

}  // namespace saddle::kernels
