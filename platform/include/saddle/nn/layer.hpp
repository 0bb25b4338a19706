#pragma once

#include <saddle/base/export.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/module.hpp>

namespace saddle::nn {

// A module with one input and one output.
class SADDLE_API Layer : public Module {
 public:
  ~Layer() override;
  // Runs the layer and lets the context tap its output.
  Variable operator()(const Variable& x, Context& context);

 protected:
  virtual Variable forward(const Variable& x, Context& context) = 0;
};

}  // namespace saddle::nn
