#pragma once

#include <saddle/base/export.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/module.hpp>
#include <saddle/plugin/batch.hpp>
#include <saddle/plugin/outputs.hpp>
#include <saddle/plugin/shapes.hpp>

#include <utility>

namespace saddle {

// What a discriminator returns: logits [n, 1], unbounded, since the loss owns the link; and further
// outputs by name.
class Outputs : public NamedOutputs {
 public:
  Outputs() : NamedOutputs("the discriminator") {}
  Outputs(Variable logits) : NamedOutputs("the discriminator"), logits_(std::move(logits)) {}
  const Variable& logits() const { return logits_; }

 private:
  Variable logits_;
};

// Tells real samples from generated ones. A plugin is constructed with (const Options&, const
// Shapes&).
class SADDLE_API Discriminator : public Module {
 public:
  ~Discriminator() override;
  // x [n, input...] and optional labels -> logits [n, 1] and further outputs
  virtual Outputs forward(const Batch& batch, Context& context) = 0;
  // Whether a training forward mixes the samples of a batch, as batch normalisation does. Only
  // where it does not may the host join real and generated samples in one pass; they have labels
  // there if both have them.
  virtual bool mixes_samples() const { return true; }
};

}  // namespace saddle
