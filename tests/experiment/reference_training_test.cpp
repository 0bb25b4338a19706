#include "experiment/trainer.hpp"
#include "places.hpp"
#include "tensor/kernels.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace saddle;

namespace {

// The losses of a benchmark's game at these steps.
std::vector<SeriesValues> losses_at(const std::vector<std::int64_t>& steps) {
  const Catalog catalog({testing::kPluginFolder});
  const std::string spec =
      std::string(testing::kSourceFolder) + "/experiments/bench/ring_mlp_bce.yaml";
  const auto experiment = make_experiment(read_spec(spec, catalog, {}), catalog);
  Trainer trainer(*experiment);
  std::vector<SeriesValues> found;
  for (const std::int64_t step : steps) {
    while (trainer.steps_done() < step) trainer.step();
    found.push_back(trainer.losses());
  }
  return found;
}

}  // namespace

TEST_CASE("The fast kernels train as the reference kernels do") {
  const std::vector<std::int64_t> steps = {1, 100};
  const std::vector<SeriesValues> fast = losses_at(steps);
  std::vector<SeriesValues> reference;
  {
    const kernels::ReferenceScope scope;
    reference = losses_at(steps);
  }
  // Rounding alone sets them apart at first; training spreads it.
  const std::vector<double> tolerances = {1e-6, 1e-3};
  for (std::size_t i = 0; i < steps.size(); ++i)
    for (const auto& [name, value] : reference[i]) {
      INFO(name << " at step " << steps[i]);
      CHECK(fast[i].at(name) == Approx(value).epsilon(tolerances[i]));
    }
}
