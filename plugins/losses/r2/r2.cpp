#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The gradient penalty on generated samples (Mescheder et al. 2018, equation 10). Beside r1 it is
// the regulariser of R3GAN (Huang et al. 2024).
class R2 final : public ZeroCentredPenalty {
 public:
  using ZeroCentredPenalty::ZeroCentredPenalty;
  Variable discriminator(Round& round) override {
    return penalty(round.generated_outputs(), round.inputs(round.generated()), round);
  }
};

}  // namespace

SADDLE_PLUGIN(loss, R2, "r2", "gradient penalty on generated samples");
