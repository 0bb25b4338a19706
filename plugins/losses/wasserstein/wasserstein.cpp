#include <saddle/saddle.hpp>

#include <algorithm>
#include <utility>

namespace {
using namespace saddle;

// The dual of the Wasserstein-1 distance (Arjovsky et al. 2017, algorithm 1) on the critic's
// outputs r for real and f for generated samples:
//   discriminator   E f - E r
//   generator      -E f
// The negative of the discriminator's objective estimates the distance, up to the critic's
// Lipschitz constant. What bounds that is not part of the distance: the clip below or a gradient
// penalty.
class Wasserstein final : public Loss {
 public:
  struct Options {
    double clip = 0;
    static void describe(Schema& s) {
      s.field(
           &Options::clip, "clip",
           "after each update the discriminator's parameters are clipped to [-clip, clip]; 0.01 in "
           "Arjovsky et al. 2017, 0 for no clipping, as with a gradient penalty")
          .range(0, 1e6);
    }
  };
  Wasserstein(const Options& options, const Shapes&) : clip_(static_cast<Scalar>(options.clip)) {}

  Objectives objectives() const override { return {true, true, false}; }

  Variable discriminator(Round& round) override {
    return mean(round.generated_outputs().logits()) - mean(round.real_outputs().logits());
  }
  Variable generator(Round& round) override { return -mean(round.generated_outputs().logits()); }

  void after_update(Player player, Module& module) override {
    if (player != Player::discriminator || clip_ == 0) return;
    for (const NamedParameter& parameter : module.parameters()) {
      Tensor value = parameter.variable->value();
      for (Scalar& element : value) element = std::clamp(element, -clip_, clip_);
      *parameter.variable = Variable::leaf(std::move(value));
    }
  }

 private:
  Scalar clip_;
};

}  // namespace

SADDLE_PLUGIN(loss, Wasserstein, "wasserstein", "Wasserstein-1 distance by its dual (WGAN)");
