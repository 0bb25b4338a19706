#pragma once

#include <saddle/saddle.hpp>

#include "plugins/make_plugin.hpp"

#include <cstddef>
#include <string>
#include <vector>

// How the tests of convolutional players make and run them.
namespace saddle::test {

inline Shapes image_shapes(const Shape& sample, std::size_t latent = 1) {
  return {{latent}, {{"z", latent}}, sample, sample, 0};
}

inline Variable& parameter_of(Module& module, const std::string& path) {
  for (const NamedParameter& named : module.parameters())
    if (named.path == path) return *named.variable;
  throw PluginError("there is no parameter " + path);
}

inline void set_all(Module& module, const std::string& path, double value) {
  Variable& variable = parameter_of(module, path);
  variable = Variable::leaf(full(variable.shape(), value));
}

// A window [3, 3, 1, 1] that multiplies each pixel by a number.
inline void set_centre(Module& module, const std::string& path, double value) {
  Tensor window = zeros({3, 3, 1, 1});
  window(1, 1, 0, 0) = static_cast<Scalar>(value);
  parameter_of(module, path) = Variable::leaf(window);
}

inline Context network_context(Mode mode) { return Context(mode, 1, RandomStream(1, "call")); }

inline Tensor generate(Generator& generator, const Tensor& z, Mode mode = Mode::train) {
  Context context = network_context(mode);
  return generator.forward(Latent({{"z", Variable(z)}}), context).x().value();
}

inline Outputs discriminate(Discriminator& discriminator, const Tensor& x,
                            Mode mode = Mode::train) {
  Context context = network_context(mode);
  return discriminator.forward({Variable(x), {}}, context);
}

}  // namespace saddle::test
