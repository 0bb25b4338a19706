#include <saddle/nn/residual.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include <utility>

namespace saddle::nn {

Residual::Residual(std::unique_ptr<Layer> body, std::unique_ptr<Layer> shortcut)
    : body_(add("", std::move(body))),
      shortcut_(shortcut ? &add("shortcut", std::move(shortcut)) : nullptr) {}

Residual::~Residual() = default;

Variable Residual::forward(const Variable& x, Context& context) {
  const Variable change = body_(x, context);
  return change + (shortcut_ ? (*shortcut_)(x, context) : x);
}

}  // namespace saddle::nn
