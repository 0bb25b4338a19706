#pragma once

#include <saddle/nn/mlp.hpp>

namespace saddle::bounds {

// T(x, y) = sum_k f_k(x) g_k(y) + a(x) + b(y) with networks (f, a) and (g, b): of all pairs of a
// batch at the cost of one pass of each. Each network also sees the squared length of its input.
class PairCritic final : public Module {
 public:
  struct Options {
    std::vector<std::size_t> hidden = {128, 128};
    std::size_t width = 32;  // of f and g
    double dropout = 0;
    std::string activation = "silu";
  };
  PairCritic(std::size_t dx, std::size_t dy, const Options& options);
  ~PairCritic() override;

  // [n, dx], [m, dy] -> [n, m]
  Variable operator()(const Tensor& x, const Tensor& y, Context& context);

 private:
  nn::Mlp &of_x_, &of_y_;
  std::size_t width_;
};

}  // namespace saddle::bounds
