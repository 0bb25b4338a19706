#pragma once

#include <saddle/nn/module.hpp>
#include <saddle/plugin/shapes.hpp>

#include "experiment/plugin_check/gradients.hpp"
#include "experiment/plugin_check/kinds.hpp"
#include "experiment/plugin_check/setups.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// What networks and losses have in common: they are modules, and a call of them takes tensors of n
// rows and returns variables.
namespace saddle::plugin_check {

// A plugin, made and initialised.
struct Instance {
  std::shared_ptr<Module> module;
  // The same step and the same random stream at each call.
  std::function<Variables(const Variables& inputs, Pass pass)> call;
};

// A setup that the plugin takes.
struct Fit {
  std::string setup;  // for messages: "samples [2], latent z [3]"
  Shapes shapes;
  std::vector<std::string> input_names;
  std::function<Tensors(std::size_t n)> inputs;
  std::function<Instance(std::uint64_t seed)> make;
  // Throws what is wrong with the outputs of a call of n rows.
  std::function<void(const Variables& outputs, std::size_t n)> verify;
  // The batches that the outputs are verified for.
  std::vector<std::size_t> counts = {1, 3, 8};
};

// Opens a plugin and tries its setups. Throws Skip where it takes none of them.
using FindFits = std::function<std::vector<Fit>(const Candidate&)>;

// The fits that `fit` finds; a SpecError of it is a refusal of these shapes.
std::vector<Fit> fits_among(const std::vector<Shapes>& all,
                            const std::function<Fit(const Shapes&)>& fit);
// The first fit with vectors and the first one with images.
std::vector<Fit> typical(const std::vector<Fit>& fits);

// A message of a check with the setup where it failed.
Outcome failed_with(const std::string& what, const Fit& fit);
Variables as_leaves(const Tensors& tensors);
// The module's parameters as points, moved a little so that what begins at zero is checked, too.
std::vector<Point> parameter_points(Module& module, const std::string& owner = "");

// NaN in a row of an input makes that row of each output that the input reaches not finite, or is
// refused.
Outcome check_nan(const std::vector<Fit>& fits);

// Right outputs for several n in every setup.
Check module_shapes(const FindFits& find);
// With respect to the parameters and the inputs, in training mode.
Check module_gradients(const FindFits& find);
// Two calls, two instances and two numbers of threads give the same bits; what is saved, restored
// and saved again is the same and does the same; NaN comes out; no rows are no crash; the time.
std::vector<Check> module_checks(const FindFits& find);

}  // namespace saddle::plugin_check
