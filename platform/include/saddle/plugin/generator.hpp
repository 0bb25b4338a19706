#pragma once

#include <saddle/base/export.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/module.hpp>
#include <saddle/plugin/latent.hpp>
#include <saddle/plugin/outputs.hpp>
#include <saddle/plugin/shapes.hpp>

#include <utility>

namespace saddle {

// What a generator returns: samples x [n, sample...], and further outputs by name.
class Samples : public NamedOutputs {
 public:
  Samples() : NamedOutputs("the generator") {}
  Samples(Variable x) : NamedOutputs("the generator"), x_(std::move(x)) {}
  const Variable& x() const { return x_; }

 private:
  Variable x_;
};

// Turns latents into samples. A plugin is constructed with (const Options&, const Shapes&).
class SADDLE_API Generator : public Module {
 public:
  ~Generator() override;
  // Parts [n, size] each -> samples [n, sample...]
  virtual Samples forward(const Latent& latent, Context& context) = 0;
};

}  // namespace saddle
