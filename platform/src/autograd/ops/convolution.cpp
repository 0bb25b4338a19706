#include <saddle/autograd/ops/convolution.hpp>

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include "autograd/ops/check.hpp"
#include "tensor/convolution.hpp"

namespace saddle {

static std::string message_part(const Geometry& geometry) {
  return "stride " + std::to_string(geometry.stride) + ", padding " +
         std::to_string(geometry.padding);
}

namespace {

using kernels::ConvolutionShape;

void require_images(const char* op, const Variable& images, Geometry geometry) {
  require(images.shape().size() == 4, op, ": expected images [n, height, width, channels], found ",
          images.shape());
  require(geometry.stride > 0, op, ": the stride must be at least 1");
}

void require_weight(const char* op, const Variable& images, const Variable& weight,
                    std::size_t channel_axis) {
  require(weight.shape().size() == 4 && weight.shape()[channel_axis] == images.shape()[3], op,
          ": weights ", weight.shape(), " do not fit images ", images.shape());
}

// That windows over x give the sides of y.
void require_windows(const char* op, const ConvolutionShape& shape, const Variable& y) {
  Shape expected = shape.y_shape();
  expected[3] = y.shape()[3];
  require(y.shape() == expected, op, ": windows ", Shape{shape.kernel.height, shape.kernel.width},
          " over images ", shape.x_shape(), " (", shape.geometry, ") give ", expected, ", not ",
          y.shape());
}

Sides sides(const Variable& images) { return {images.shape()[1], images.shape()[2]}; }
Sides kernel_sides(const Variable& weight) { return {weight.shape()[0], weight.shape()[1]}; }

// All extents of a convolution that makes sense.
ConvolutionShape convolution_shape(const char* op, const Variable& x, const Variable& weight,
                                   Geometry geometry) {
  require_images(op, x, geometry);
  require_weight(op, x, weight, 2);
  const ConvolutionShape shape = {x.shape()[0],         sides(x),          x.shape()[3],
                                  kernel_sides(weight), weight.shape()[3], geometry};
  require(shape.window_count() > 0, op, ": no window of weights ", weight.shape(),
          " fits into images ", x.shape(), " (", geometry, ")");
  return shape;
}

Input input_of_convolution(const Variable& x, const Variable& weight,
                           const ConvolutionShape& shape) {
  return {x, [weight, shape](const Variable& g, const Variable&) {
            return convolution_transposed(g, weight, shape.geometry, shape.image);
          }};
}

Input weight_of_convolution(const Variable& x, const Variable& weight,
                            const ConvolutionShape& shape) {
  return {weight, [x, shape](const Variable& g, const Variable&) {
            return convolution_weights(x, g, shape.geometry, shape.kernel);
          }};
}

}  // namespace

Variable convolution(const Variable& x, const Variable& weight, Geometry geometry) {
  const ConvolutionShape shape = convolution_shape("convolution", x, weight, geometry);
  return record(kernels::convolution(x.value(), weight.value(), shape),
                {input_of_convolution(x, weight, shape), weight_of_convolution(x, weight, shape)});
}

Variable convolution_leaky_relu(const Variable& x, const Variable& weight, const Variable& bias,
                                double slope, Geometry geometry) {
  constexpr const char* kOp = "convolution_leaky_relu";
  const ConvolutionShape shape = convolution_shape(kOp, x, weight, geometry);
  require(bias.shape() == Shape{shape.out}, kOp, ": a bias ", bias.shape(),
          " does not fit weights ", weight.shape());
  require(slope >= 0, kOp, ": the slope must not be negative");
  return record(
      kernels::convolution(x.value(), weight.value(), bias.value(), static_cast<Scalar>(slope),
                           shape),
      {input_of_convolution(x, weight, shape),
       weight_of_convolution(x, weight, shape),
       {bias, [](const Variable& g, const Variable&) { return sum_to(g, {g.shape()[3]}); }}},
      [slope](const Variable& g, const Variable& y) { return gate(g, y, slope); });
}

Variable convolution_transposed(const Variable& y, const Variable& weight, Geometry geometry,
                                Sides image) {
  require_images("convolution_transposed", y, geometry);
  require_weight("convolution_transposed", y, weight, 3);
  const ConvolutionShape shape = {y.shape()[0],         image,        weight.shape()[2],
                                  kernel_sides(weight), y.shape()[3], geometry};
  require_windows("convolution_transposed", shape, y);
  return record(
      kernels::convolution_backward_data(y.value(), weight.value(), shape),
      {{y, [weight, geometry](const Variable& g,
                              const Variable&) { return convolution(g, weight, geometry); }},
       {weight, [y, shape](const Variable& g, const Variable&) {
          return convolution_weights(g, y, shape.geometry, shape.kernel);
        }}});
}

Variable convolution_weights(const Variable& x, const Variable& y, Geometry geometry,
                             Sides kernel) {
  require_images("convolution_weights", x, geometry);
  require_images("convolution_weights", y, geometry);
  const ConvolutionShape shape = {x.shape()[0], sides(x),     x.shape()[3],
                                  kernel,       y.shape()[3], geometry};
  require_windows("convolution_weights", shape, y);
  return record(kernels::convolution_backward_weights(x.value(), y.value(), shape),
                {{x,
                  [y, shape](const Variable& g, const Variable&) {
                    return convolution_transposed(y, g, shape.geometry, shape.image);
                  }},
                 {y, [x, geometry](const Variable& g, const Variable&) {
                    return convolution(x, g, geometry);
                  }}});
}

}  // namespace saddle
