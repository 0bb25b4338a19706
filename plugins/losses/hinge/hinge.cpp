#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The hinge losses (Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17) on logits r of real
// and f of generated samples:
//   discriminator   E max(0, 1 - r) + E max(0, 1 + f)
//   generator      -E f
class Hinge final : public Loss {
 public:
  Hinge(const NoOptions&, const Shapes&) {}

  Objectives objectives() const override { return {true, true, false}; }

  Variable discriminator(Round& round) override {
    return mean(relu(1.0 - round.real_outputs().logits())) +
           mean(relu(1.0 + round.generated_outputs().logits()));
  }
  Variable generator(Round& round) override { return -mean(round.generated_outputs().logits()); }
};

}  // namespace

SADDLE_PLUGIN(loss, Hinge, "hinge", "hinge loss on the logits");
