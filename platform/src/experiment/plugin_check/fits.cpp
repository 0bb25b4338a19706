#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/plugin_check/module.hpp"
#include "experiment/plugin_check/setups.hpp"

#include <algorithm>
#include <utility>

namespace saddle::plugin_check {
namespace {

Outcome check_shapes(const std::vector<Fit>& fits) {
  for (const Fit& fit : fits) {
    const Instance instance = fit.make(1);
    for (const std::size_t n : fit.counts)
      for (const Pass pass : {Pass::training, Pass::evaluation}) {
        try {
          fit.verify(instance.call(as_leaves(fit.inputs(n)), pass), n);
        } catch (const std::exception& error) {
          return failed_with(error.what(), fit);
        }
      }
  }
  std::vector<std::string> counts;
  for (const std::size_t n : fits.front().counts) counts.push_back(std::to_string(n));
  return ok("n = " + join(counts, ", ") + " in " + counted(fits.size(), "setup"));
}

}  // namespace

std::vector<Fit> fits_among(const std::vector<Shapes>& all,
                            const std::function<Fit(const Shapes&)>& fit) {
  std::vector<Fit> fits;
  std::string refusal;
  for (const Shapes& shapes : all) {
    try {
      fits.push_back(fit(shapes));
    } catch (const SpecError& error) {
      if (refusal.empty()) refusal = error.what();
    }
  }
  if (fits.empty()) throw Skip("it refuses every setup that is tried: " + refusal);
  return fits;
}

std::vector<Fit> typical(const std::vector<Fit>& fits) {
  std::vector<Fit> found;
  for (const bool image : {false, true}) {
    const auto first = std::find_if(fits.begin(), fits.end(),
                                    [&](const Fit& fit) { return is_image(fit.shapes) == image; });
    if (first != fits.end()) found.push_back(*first);
  }
  return found;
}

Outcome failed_with(const std::string& what, const Fit& fit) {
  return failed(fit.setup + ": " + what);
}

Variables as_leaves(const Tensors& tensors) {
  Variables leaves;
  for (const Tensor& value : tensors) leaves.push_back(Variable::leaf(value));
  return leaves;
}

std::vector<Point> parameter_points(Module& module, const std::string& owner) {
  constexpr double kShift = 0.05;
  std::vector<Point> points;
  for (const NamedParameter& parameter : module.parameters()) {
    Tensor value = parameter.variable->value();
    const Tensor noise = draw("shift/" + parameter.path, value.shape());
    for (std::size_t i = 0; i < value.size(); ++i)
      value.data()[i] += static_cast<Scalar>(kShift) * noise.data()[i];
    points.push_back({owner + "parameter '" + parameter.path + "'", std::move(value)});
  }
  return points;
}

Check module_shapes(const FindFits& find) {
  return {"shapes", [find](const Candidate& c) { return check_shapes(find(c)); }};
}

}  // namespace saddle::plugin_check
