#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/tensor/geometry.hpp>

// Convolutions of images [n, height, width, channels]. Each is linear in both of its arguments, and
// the derivatives of the three are the three again. A mismatch throws PluginError.
namespace saddle {

// x [n, h, w, in], weight [kh, kw, in, out] -> [n, oh, ow, out], with zeros around x and the kernel
// not flipped; oh = floor((h + 2 padding - kh) / stride) + 1, and ow likewise.
Variable convolution(const Variable& x, const Variable& weight, Geometry geometry);
// leaky_relu(convolution(x, weight) + bias, slope), the last two in one pass; bias [out].
Variable convolution_leaky_relu(const Variable& x, const Variable& weight, const Variable& bias,
                                double slope, Geometry geometry);
// y [n, oh, ow, out], weight [kh, kw, in, out] -> [n, h, w, in]: the transpose of the convolution
// of images of these sides, which must give oh and ow.
Variable convolution_transposed(const Variable& y, const Variable& weight, Geometry geometry,
                                Sides image);
// x [n, h, w, in], y [n, oh, ow, out] -> [kh, kw, in, out]: the derivative of sum(y convolution(x,
// weight)) with respect to weights of these sides.
Variable convolution_weights(const Variable& x, const Variable& y, Geometry geometry, Sides kernel);

}  // namespace saddle
