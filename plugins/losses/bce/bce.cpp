#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The original objectives (Goodfellow et al. 2014), on logits r of real and f of generated samples:
//   discriminator   E softplus(-r) + E softplus(f)
//   generator       E softplus(-f)   non-saturating
//                  -E softplus(f)    minimax: the discriminator's objective with its sign changed
class Bce final : public Loss {
 public:
  struct Options {
    std::string form = "non-saturating";
    static void describe(Schema& s) {
      s.field(&Options::form, "form", "the generator's objective")
          .choices({"non-saturating", "minimax"});
    }
  };
  Bce(const Options& options, const Shapes&) : minimax_(options.form == "minimax") {}

  Objectives objectives() const override { return {true, true, false}; }

  Variable discriminator(Round& round) override {
    return mean(softplus(-round.real_outputs().logits())) +
           mean(softplus(round.generated_outputs().logits()));
  }
  Variable generator(Round& round) override {
    const Variable& logits = round.generated_outputs().logits();
    return minimax_ ? -mean(softplus(logits)) : mean(softplus(-logits));
  }

 private:
  bool minimax_;
};

}  // namespace

SADDLE_PLUGIN(loss, Bce, "bce", "binary cross-entropy, non-saturating or minimax");
