#pragma once

#include <saddle/base/export.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/module.hpp>
#include <saddle/plugin/latent.hpp>
#include <saddle/plugin/shapes.hpp>

namespace saddle {

// Turns latents into samples. A plugin is constructed with (const Options&, const Shapes&).
class SADDLE_API Generator : public Module {
 public:
  ~Generator() override;
  // Parts [n, size] each -> [n, sample...]
  virtual Variable forward(const Latent& latent, Context& context) = 0;
};

}  // namespace saddle
