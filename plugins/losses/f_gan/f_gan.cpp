#include "divergences.hpp"

#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The variational lower bound of an f-divergence of real and generated samples (Nowozin et al.
// 2016, equation 6), on logits r of real and f of generated samples, g and f* from the divergence:
//   F = E g(r) - E f*(g(f))  <=  D_f(real || generated)
//   discriminator  -F
//   generator      -E f*(g(f))   minimax: what it can change of F
//                  -E g(f)       alternative (section 3.2): as the non-saturating form of bce
class FGan final : public Loss {
 public:
  struct Options {
    std::string divergence = "kl", form = "minimax";
    double alpha = 0.5;
    static void describe(Schema& s) {
      s.field(&Options::divergence, "divergence",
              "jensen-shannon is twice the JSD in nats, gan that minus ln 4, and alpha tends to kl "
              "for alpha to 1 and to reverse-kl for alpha to 0")
          .choices(f_gan::divergence_names());
      s.field(&Options::form, "form",
              "the generator's objective: the paper's, or its trick for strong discriminators")
          .choices({"minimax", "alternative"});
      s.field(&Options::alpha, "alpha", "of the alpha divergence; neither 0 nor 1").range(-20, 20);
    }
  };
  FGan(const Options& options, const Shapes&)
      : options_(options), divergence_(f_gan::divergence(options.divergence, options.alpha)) {
    if (options.divergence != "alpha" || (options.alpha != 0 && options.alpha != 1)) return;
    throw SpecError("alpha: expected a number other than 0 and 1, found " +
                    write_scalar(options.alpha).text +
                    ". Take divergence: " + (options.alpha == 1 ? "kl." : "reverse-kl."));
  }

  Objectives objectives() const override { return {true, true, false}; }
  std::vector<SeriesInfo> series() const override {
    std::vector<std::pair<std::string, std::string>> attributes = {
        {"definition", "lower bound of E_generated f(real / generated)"},
        {"divergence", options_.divergence},
        {"f", divergence_.generator}};
    if (options_.divergence == "alpha")
      attributes.emplace_back("a", write_scalar(options_.alpha).text);
    return {{"divergence", divergence_.unit, attributes}};
  }

  Variable discriminator(Round& round) override {
    const Variable bound = mean(divergence_.activation(round.real_outputs().logits())) -
                           mean(divergence_.conjugate(round.generated_outputs().logits()));
    round.log("divergence", bound.item());
    return -bound;
  }
  Variable generator(Round& round) override {
    const Variable& logits = round.generated_outputs().logits();
    return -mean(options_.form == "minimax" ? divergence_.conjugate(logits)
                                            : divergence_.activation(logits));
  }

 private:
  Options options_;
  f_gan::Divergence divergence_;
};

}  // namespace

SADDLE_PLUGIN(loss, FGan, "f-gan", "lower bound of an f-divergence (f-GAN)");
