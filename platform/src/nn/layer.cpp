#include <saddle/nn/layer.hpp>

namespace saddle::nn {

Layer::~Layer() = default;

Variable Layer::operator()(const Variable& x, Context& context) {
  Variable y = forward(x, context);
  if (context.has_taps()) context.offer_tap(path(), y);
  return y;
}

}  // namespace saddle::nn
