#pragma once

#include <saddle/tensor/geometry.hpp>
#include <saddle/tensor/tensor.hpp>

#include <cstddef>

// Convolutions of images: x [n, height, width, in] and weights [kernel height, kernel width, in,
// out] give y [n, out height, out width, out], where
//   y[b, i, j, o] = sum over k, l, c of x[b, i s + k - p, j s + l - p, c] w[k, l, c, o]
// for stride s and padding p, and an extent e gives floor((e + 2 p - kernel) / s) + 1 windows.
// Channels last let oneDNN's kernels run without reordering images, and make the weights the matrix
// [kernel height * kernel width * in, out] of the product with unfolded windows.
namespace saddle::kernels {

// All extents of a convolution.
struct ConvolutionShape {
  std::size_t n;
  Sides image;
  std::size_t in;
  Sides kernel;
  std::size_t out;
  Geometry geometry;

  // The windows along one side; 0 where not even one fits.
  static std::size_t windows(std::size_t extent, std::size_t kernel, Geometry geometry);
  Sides windows() const;
  std::size_t window_count() const { return windows().height * windows().width; }
  std::size_t window_size() const { return kernel.height * kernel.width * in; }
  // Multiplications of each of the three products below.
  std::size_t work() const { return n * window_count() * window_size() * out; }
  Shape x_shape() const { return {n, image.height, image.width, in}; }
  Shape y_shape() const { return {n, windows().height, windows().width, out}; }
  Shape weight_shape() const { return {kernel.height, kernel.width, in, out}; }
};

// How many images one part of a pass holds, where there are at most so many parts. From the shape
// alone; at least 1.
std::size_t images_per_part(const ConvolutionShape& shape, std::size_t most_parts);

// x, w -> y
Tensor convolution(const Tensor& x, const Tensor& w, const ConvolutionShape& shape);
// The same plus b [out], what is negative then times the slope.
Tensor convolution(const Tensor& x, const Tensor& w, const Tensor& b, Scalar slope,
                   const ConvolutionShape& shape);
// y, w -> x: the adjoint of the above in x.
Tensor convolution_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape);
// x, y -> w: the adjoint in w.
Tensor convolution_backward_weights(const Tensor& x, const Tensor& y,
                                    const ConvolutionShape& shape);

enum class ConvolutionPass { forward, backward_data, backward_weights };
// What computes a pass of this shape: oneDNN's name of its kernel, or "columns".
const char* convolution_kernel(ConvolutionPass pass, const ConvolutionShape& shape);

}  // namespace saddle::kernels
