#include <saddle/nn/linear.hpp>

#include <saddle/autograd/ops/linear.hpp>

#include <utility>

namespace saddle::nn {

Linear::Linear(std::size_t in, std::size_t out, Initialiser weight)
    : weight_(parameter("weight", {in, out}, std::move(weight))),
      bias_(parameter("bias", {out}, init::constant(0))) {}

Linear::~Linear() = default;

Variable Linear::forward(const Variable& x, Context&) { return affine(x, weight_, bias_); }

}  // namespace saddle::nn
