#pragma once

#include <saddle/nn/module.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace saddle {

// Everything beside the spec that the rest of a run depends on, after a step. Random numbers and
// the order of the data are functions of the seed and the step, so they need no place in it.
// Names are paths: "generator/parameters/body.0.weight", "losses/bce-generator".
struct State {
  std::int64_t step = 0;
  std::map<std::string, Tensor> tensors;
  std::map<std::string, double> numbers;

  // Both throw DataError where there is none of this name, or its shape is another.
  const Tensor& tensor(const std::string& name, const Shape& shape) const;
  double number(const std::string& name) const;
  // The numbers below "<prefix>/", by the rest of their names.
  std::map<std::string, double> numbers_below(const std::string& prefix) const;
  // The memory of its tensors.
  std::size_t bytes() const;
};

// The parameters and buffers of a module, below "<name>/". What its buffers proposed is dropped.
void save_module(const std::string& name, Module& module, State& state);
void restore_module(const std::string& name, Module& module, const State& state);

}  // namespace saddle
