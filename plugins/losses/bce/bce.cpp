#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The original objectives (Goodfellow et al. 2014), on logits r of real and f of generated samples:
//   discriminator   E softplus(-r) + E softplus(f)
//   generator       E softplus(-f)   non-saturating
//                  -E softplus(f)    minimax: the discriminator's objective with its sign changed
// One-sided label smoothing (Salimans et al. 2016, section 3.4) moves the label of real samples
// from 1 to l = 1 - s / 2: their part is the cross-entropy E softplus(-r) + (1 - l) E r.
class Bce final : public Loss {
 public:
  struct Options {
    std::string form = "non-saturating";
    double label_smoothing = 0;
    static void describe(Schema& s) {
      s.field(&Options::form, "form", "the generator's objective")
          .choices({"non-saturating", "minimax"});
      s.field(&Options::label_smoothing, "label_smoothing",
              "the discriminator's label of real samples is 1 - label_smoothing / 2, as in TF-GAN: "
              "0.2 for the published 0.9")
          .range(0, 1);
    }
  };
  Bce(const Options& options, const Shapes&)
      : minimax_(options.form == "minimax"), missing_(options.label_smoothing / 2) {}

  Objectives objectives() const override { return {true, true, false}; }

  Variable discriminator(Round& round) override {
    const Variable& real = round.real_outputs().logits();
    Variable loss = mean(softplus(-real)) + mean(softplus(round.generated_outputs().logits()));
    return missing_ > 0 ? loss + missing_ * mean(real) : loss;
  }
  Variable generator(Round& round) override {
    const Variable& logits = round.generated_outputs().logits();
    return minimax_ ? -mean(softplus(logits)) : mean(softplus(-logits));
  }

 private:
  bool minimax_;
  double missing_;  // from 1 to the label of real samples
};

}  // namespace

SADDLE_PLUGIN(loss, Bce, "bce", "binary cross-entropy, non-saturating or minimax");
