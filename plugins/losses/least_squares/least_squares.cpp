#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Least squares (Mao et al. 2017, equation 9) on logits r of real and f of generated samples, with
// targets 1 and 0:
//   discriminator   E (r - 1)^2 / 2 + E f^2 / 2
//   generator       E (f - 1)^2 / 2
class LeastSquares final : public Loss {
 public:
  struct Options {
    double real_target = 1, generated_target = 0;
    static void describe(Schema& s) {
      s.field(&Options::real_target, "real_target", "logit for real samples, in both objectives")
          .range(-100, 100);
      s.field(&Options::generated_target, "generated_target", "logit for generated samples")
          .range(-100, 100);
    }
  };
  LeastSquares(const Options& options, const Shapes&) : options_(options) {}

  Objectives objectives() const override { return {true, true, false}; }

  Variable discriminator(Round& round) override {
    return distance(round.real_outputs(), options_.real_target) +
           distance(round.generated_outputs(), options_.generated_target);
  }
  Variable generator(Round& round) override {
    return distance(round.generated_outputs(), options_.real_target);
  }

 private:
  static Variable distance(const Outputs& outputs, double target) {
    return 0.5 * mean(square(outputs.logits() - target));
  }
  Options options_;
};

}  // namespace

SADDLE_PLUGIN(loss, LeastSquares, "least-squares", "least squares on the logits (LSGAN)");
