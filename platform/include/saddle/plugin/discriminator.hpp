#pragma once

#include <saddle/base/export.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/module.hpp>
#include <saddle/plugin/batch.hpp>
#include <saddle/plugin/shapes.hpp>

#include <map>
#include <string>

namespace saddle {

// What a discriminator returns: logits [n, 1], unbounded, since the loss owns the link; and further
// outputs by name.
class Outputs {
 public:
  Outputs() = default;
  Outputs(Variable logits) : logits_(std::move(logits)) {}
  const Variable& logits() const { return logits_; }
  void set(const std::string& name, Variable value) { further_[name] = std::move(value); }
  bool has(const std::string& name) const { return further_.count(name) > 0; }
  // Throws PluginError where there is none of that name.
  const Variable& get(const std::string& name) const;
  const std::map<std::string, Variable>& further() const { return further_; }

 private:
  Variable logits_;
  std::map<std::string, Variable> further_;
};

// Tells real samples from generated ones. A plugin is constructed with (const Options&, const
// Shapes&). Outputs beyond the logits are named by `static std::vector<std::string> offers(const
// Options&)`, so that the host can match them with what losses and metrics need.
class SADDLE_API Discriminator : public Module {
 public:
  ~Discriminator() override;
  // x [n, input...] and optional labels -> logits [n, 1] and further outputs
  virtual Outputs forward(const Batch& batch, Context& context) = 0;
  // Whether a training forward mixes the samples of a batch, as batch normalisation does. Only
  // where it does not may the host join real and generated samples in one pass.
  virtual bool mixes_samples() const { return true; }
};

}  // namespace saddle
