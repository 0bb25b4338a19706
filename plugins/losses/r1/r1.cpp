#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The gradient penalty on real samples (Mescheder et al. 2018, equation 9).
class R1 final : public ZeroCentredPenalty {
 public:
  using ZeroCentredPenalty::ZeroCentredPenalty;
  Variable discriminator(Round& round) override {
    return penalty(round.real_outputs(), round.inputs(round.real()), round);
  }
};

}  // namespace

SADDLE_PLUGIN(loss, R1, "r1", "gradient penalty on real samples");
