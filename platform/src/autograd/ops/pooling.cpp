#include <saddle/autograd/ops/pooling.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include "autograd/ops/check.hpp"
#include "tensor/convolution.hpp"
#include "tensor/pooling.hpp"

#include <memory>

namespace saddle {
namespace {

void require_images(const char* op, const Variable& x, std::size_t size, const char* size_name) {
  require(x.shape().size() == 4, op, ": expected images [n, height, width, channels], found ",
          x.shape());
  require(size > 0, op, ": the ", size_name, " must be at least 1");
}

double area(std::size_t side) { return static_cast<double>(side * side); }

using SharedPlaces = std::shared_ptr<const kernels::Places>;

Variable scatter(const Variable& g, const SharedPlaces& places, const Shape& shape);

Variable gather(const Variable& x, const SharedPlaces& places, const Shape& shape) {
  return record(kernels::gather(x.value(), *places, shape),
                {{x, [places, from = x.shape()](const Variable& g, const Variable&) {
                    return scatter(g, places, from);
                  }}});
}

Variable scatter(const Variable& g, const SharedPlaces& places, const Shape& shape) {
  return record(kernels::scatter(g.value(), *places, shape),
                {{g, [places, from = g.shape()](const Variable& h, const Variable&) {
                    return gather(h, places, from);
                  }}});
}

Variable shrink(const Variable& x, std::size_t axis, std::size_t factor);

Variable stretch(const Variable& x, std::size_t axis, std::size_t factor) {
  return record(kernels::stretch(x.value(), axis, factor),
                {{x, [axis, factor](const Variable& g, const Variable&) {
                    return shrink(g, axis, factor);
                  }}});
}

Variable shrink(const Variable& x, std::size_t axis, std::size_t factor) {
  return record(kernels::shrink(x.value(), axis, factor),
                {{x, [axis, factor](const Variable& g, const Variable&) {
                    return stretch(g, axis, factor);
                  }}});
}

}  // namespace

Variable average_pool(const Variable& x, std::size_t window) {
  require_images("average_pool", x, window, "window");
  require(x.shape()[1] % window == 0 && x.shape()[2] % window == 0, "average_pool: windows of ",
          window, " do not tile images ", x.shape());
  return record(kernels::average_pool(x.value(), window),
                {{x, [window](const Variable& g, const Variable&) {
                    return scale(upsample_nearest(g, window), 1 / area(window));
                  }}});
}

Variable max_pool(const Variable& x, std::size_t window, Geometry geometry) {
  require_images("max_pool", x, window, "window");
  require(geometry.stride > 0, "max_pool: the stride must be at least 1");
  require(2 * geometry.padding <= window, "max_pool: a padding of ", geometry.padding,
          " is more than half a window of ", window);
  const Shape shape = {
      x.shape()[0], kernels::ConvolutionShape::windows(x.shape()[1], window, geometry),
      kernels::ConvolutionShape::windows(x.shape()[2], window, geometry), x.shape()[3]};
  require(shape[1] > 0 && shape[2] > 0, "max_pool: no window of ", window, " fits into images ",
          x.shape());
  const auto places = std::make_shared<const kernels::Places>(
      kernels::largest_of_windows(x.value(), window, geometry));
  return gather(x, places, shape);
}

Variable upsample_nearest(const Variable& x, std::size_t factor) {
  require_images("upsample_nearest", x, factor, "factor");
  return record(kernels::repeat_pixels(x.value(), factor),
                {{x, [factor](const Variable& g, const Variable&) {
                    return scale(average_pool(g, factor), area(factor));
                  }}});
}

Variable upsample_bilinear(const Variable& x, std::size_t factor) {
  require_images("upsample_bilinear", x, factor, "factor");
  return stretch(stretch(x, 2, factor), 1, factor);
}

}  // namespace saddle
