#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/nn/module.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>

namespace saddle::bounds {

// How a critic is trained: Adam, and a stop where held-out pairs no longer gain.
struct Training {
  std::size_t steps = 10000;
  double learning_rate = 1e-3;
  double weight_decay = 0;  // decoupled
  // The weights that are judged and kept are a moving average; 0 for the last ones.
  double average = 0;
  std::size_t every = 100;   // steps between two judgements
  std::size_t patience = 5;  // judgements without a better one that end it
};

// Maximises objective(step), step = 0, 1, …, and leaves in `module` the weights of the highest
// judge(), which is asked with them in place, and returns that value; also before the first step.
// Ends early where either is not finite.
double train(Module& module, const Training& training,
             const std::function<Variable(std::int64_t)>& objective,
             const std::function<double()>& judge);

}  // namespace saddle::bounds
