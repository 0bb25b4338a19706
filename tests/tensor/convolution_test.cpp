#include "tensor/convolution.hpp"

#include <saddle/saddle.hpp>

#include "tensor/kernels.hpp"
#include "tensor/onednn.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

using namespace saddle;
using kernels::ConvolutionPass;
using kernels::ConvolutionShape;

namespace {

constexpr bool kDouble = sizeof(Scalar) == sizeof(double);

Tensor noise(const std::string& name, const Shape& shape) {
  return random_normal(RandomStream(1, name), shape);
}

// Sides of windows, strides and borders that do not fit, channels that fill no vector, images that
// fill no part, the layers of a DCGAN, and several parts of unfolded windows.
const std::vector<ConvolutionShape>& shapes() {
  static const std::vector<ConvolutionShape> all = {
      {1, {1, 1}, 1, {1, 1}, 1, {1, 0}},     {3, {7, 5}, 3, {3, 2}, 5, {2, 1}},
      {5, {9, 11}, 13, {3, 3}, 27, {1, 1}},  {7, {10, 9}, 17, {4, 4}, 70, {2, 1}},
      {2, {6, 6}, 9, {5, 5}, 8, {3, 2}},     {33, {7, 7}, 16, {4, 4}, 100, {2, 1}},
      {19, {28, 28}, 1, {4, 4}, 64, {2, 1}}, {21, {14, 14}, 64, {4, 4}, 128, {2, 1}},
      {5, {32, 32}, 3, {4, 4}, 64, {2, 1}},  {9, {4, 4}, 64, {4, 4}, 1, {1, 0}},
      {4, {12, 12}, 40, {3, 3}, 3, {1, 1}},  {6, {8, 5}, 24, {1, 1}, 48, {1, 0}},
      {2, {5, 5}, 8, {2, 2}, 16, {3, 0}},    {64, {28, 28}, 1, {4, 4}, 64, {2, 1}},
      {67, {16, 16}, 40, {3, 3}, 3, {1, 1}}, {5, {9, 11}, 40, {3, 3}, 70, {1, 1}},
  };
  return all;
}

Tensors passes(const ConvolutionShape& shape) {
  const Tensor x = noise("x", shape.x_shape()), w = noise("w", shape.weight_shape());
  const Tensor y = noise("y", shape.y_shape());
  return {kernels::convolution(x, w, shape), kernels::convolution_backward_data(y, w, shape),
          kernels::convolution_backward_weights(x, y, shape)};
}

std::string described(const ConvolutionShape& shape) {
  return to_text(shape.x_shape()) + " " + to_text(shape.weight_shape()) + " stride " +
         std::to_string(shape.geometry.stride);
}

double largest_difference(const Tensor& a, const Tensor& b) {
  REQUIRE(a.shape() == b.shape());
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    worst = std::max(worst, std::abs(double{a.data()[i]} - double{b.data()[i]}));
  return worst;
}

// The definition, number by number.
Tensor defined(const Tensor& x, const Tensor& w, const ConvolutionShape& s) {
  Tensor y = zeros(s.y_shape());
  const auto pad = static_cast<std::ptrdiff_t>(s.geometry.padding);
  for (std::size_t b = 0; b < s.n; ++b)
    for (std::size_t i = 0; i < y.shape(1); ++i)
      for (std::size_t j = 0; j < y.shape(2); ++j)
        for (std::size_t k = 0; k < s.kernel.height; ++k)
          for (std::size_t l = 0; l < s.kernel.width; ++l) {
            const auto row = static_cast<std::ptrdiff_t>(i * s.geometry.stride + k) - pad;
            const auto column = static_cast<std::ptrdiff_t>(j * s.geometry.stride + l) - pad;
            if (row < 0 || row >= static_cast<std::ptrdiff_t>(s.image.height)) continue;
            if (column < 0 || column >= static_cast<std::ptrdiff_t>(s.image.width)) continue;
            for (std::size_t c = 0; c < s.in; ++c)
              for (std::size_t o = 0; o < s.out; ++o)
                y(b, i, j, o) += x(b, row, column, c) * w(k, l, c, o);
          }
  return y;
}

double inner(const Tensor& a, const Tensor& b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    total += static_cast<double>(a.data()[i]) * static_cast<double>(b.data()[i]);
  return total;
}

}  // namespace

TEST_CASE("The reference convolution is the definition, and its two transposes are adjoint to it") {
  const kernels::ReferenceScope scope;
  for (const ConvolutionShape& shape : shapes()) {
    if (shape.work() > 2000000) continue;
    INFO(described(shape));
    const Tensor x = noise("x", shape.x_shape()), w = noise("w", shape.weight_shape());
    const Tensor y = noise("y", shape.y_shape());
    const Tensors found = passes(shape);
    const auto terms = static_cast<double>(shape.window_size());
    CHECK(largest_difference(found[0], defined(x, w, shape)) < (kDouble ? 1e-13 : 1e-6) * terms);
    // <y, conv(x, w)> = <transposed(y, w), x> = <weights(x, y), w>; each is a sum of `work` terms
    // of unit variance, whose rounding grows like the root.
    const double bound = (kDouble ? 1e-14 : 1e-5) * std::sqrt(static_cast<double>(shape.work()));
    const double expected = inner(y, found[0]);
    CHECK(std::abs(inner(found[1], x) - expected) < 10 * bound);
    CHECK(std::abs(inner(found[2], w) - expected) < 10 * bound);
  }
}

TEST_CASE("Fast convolutions agree with the reference, at the error of their length", "[kernels]") {
  for (const ConvolutionShape& shape : shapes()) {
    INFO(described(shape));
    const Tensors fast = passes(shape);
    const kernels::ReferenceScope scope;
    const Tensors reference = passes(shape);
    const std::size_t pixels = shape.n * shape.window_count();
    const std::size_t terms[] = {shape.window_size(),
                                 shape.kernel.height * shape.kernel.width * shape.out, pixels};
    for (std::size_t i = 0; i < 3; ++i) {
      INFO("pass " << i);
      CHECK(largest_difference(fast[i], reference[i]) < 1e-6 * static_cast<double>(terms[i] + 1));
    }
  }
}

TEST_CASE("A convolution with a bias is that without, plus the bias, then bent", "[kernels]") {
  const Scalar slope = Scalar{0.25};
  for (const bool reference : {false, true})
    for (const ConvolutionShape& shape : shapes()) {
      INFO(described(shape));
      std::optional<kernels::ReferenceScope> scope;
      if (reference) scope.emplace();
      const Tensor x = noise("x", shape.x_shape()), w = noise("w", shape.weight_shape());
      const Tensor b = noise("b", {shape.out});
      const Tensor found = kernels::convolution(x, w, b, slope, shape);
      Tensor expected = kernels::convolution(x, w, shape);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        Scalar& value = expected.data()[i];
        value += b.data()[i % shape.out];
        value *= value < 0 ? slope : Scalar{1};
      }
      CHECK((found == expected));
    }
}

TEST_CASE("No convolution depends on the number of threads, nor does its reference", "[kernels]") {
  for (const bool reference : {false, true})
    for (const ConvolutionShape& shape : shapes()) {
      INFO(described(shape));
      std::optional<kernels::ReferenceScope> scope;
      if (reference) scope.emplace();
      const Tensors one = passes(shape);
      for (const std::size_t count : {2U, 3U}) {
        set_threads(count);
        const Tensors several = passes(shape);
        set_threads(1);
        CHECK((several == one));
      }
    }
}

TEST_CASE("The layers of a DCGAN run on the kernels that are fast on this processor", "[kernels]") {
  const ConvolutionShape inner_layer = {64, {14, 14}, 64, {4, 4}, 128, {2, 1}};
  const ConvolutionShape first_layer = {64, {28, 28}, 1, {4, 4}, 64, {2, 1}};
  const auto columns = [](ConvolutionPass pass, const ConvolutionShape& shape) {
    const std::string kernel = kernels::convolution_kernel(pass, shape);
    INFO(kernel);
    CHECK((kernel == "columns" || kernel.find("jit") == 0 || kernel.find("brgconv") == 0));
    return kernel == "columns";
  };
  for (const ConvolutionPass pass : {ConvolutionPass::forward, ConvolutionPass::backward_data,
                                     ConvolutionPass::backward_weights}) {
    CHECK(columns(pass, inner_layer) == (kDouble || !kernels::onednn::avx512()));
    // In the data pass, oneDNN would compute 16 channels for one.
    CHECK(columns(pass, first_layer) == (kDouble || pass == ConvolutionPass::backward_data));
    const kernels::ReferenceScope scope;
    CHECK(columns(pass, inner_layer));
  }
}

TEST_CASE("Convolutions of no images give no images and weights of zero") {
  const ConvolutionShape none = {0, {6, 6}, 16, {4, 4}, 16, {2, 1}};
  const Tensors found = passes(none);
  CHECK(found[0].shape() == Shape{0, 3, 3, 16});
  CHECK(found[1].shape() == Shape{0, 6, 6, 16});
  CHECK((found[2] == zeros({4, 4, 16, 16})));
}
