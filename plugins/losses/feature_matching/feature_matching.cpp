#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Feature matching (Salimans et al. 2016, section 3.1) on the discriminator's features h:
//   generator   | E h(x) - E h(G(z)) |^2
class FeatureMatching final : public Loss {
 public:
  FeatureMatching(const NoOptions&, const Shapes&) {}

  Objectives objectives() const override { return {false, true, false}; }
  std::vector<std::string> needs() const override { return {"features"}; }

  Variable generator(Round& round) override {
    const Variable real = flatten(detach(round.real_outputs().get("features")));
    const Variable generated = flatten(round.generated_outputs().get("features"));
    return sum(square(mean(real, 0) - mean(generated, 0)));
  }
};

}  // namespace

SADDLE_PLUGIN(loss, FeatureMatching, "feature-matching",
              "distance of the mean features of real and generated samples");
