#include <saddle/nn/maxout.hpp>

#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>

namespace saddle::nn {

Maxout::Maxout(std::size_t pieces) : pieces_(pieces) {}

Maxout::~Maxout() = default;

Variable Maxout::forward(const Variable& x, Context&) {
  Shape shape = x.shape();
  if (shape.empty() || shape.back() % pieces_ != 0)
    throw PluginError("maxout of " + std::to_string(pieces_) +
                      " pieces expects a multiple of them as the last axis and was given " +
                      to_text(x.shape()) + ".");
  shape.back() /= pieces_;
  Shape apart = shape;
  apart.insert(apart.end() - 1, pieces_);
  return max(reshape(x, apart), apart.size() - 2);
}

}  // namespace saddle::nn
