#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The gradient penalty on real samples (Mescheder et al. 2018, equation 9):
//   discriminator   gamma / 2  E |grad_x D(x)|^2,  D the logit, x the discriminator's input
// Mescheder's code multiplies E |grad|^2 by 10 without the 1/2: gamma 20 here.
class R1 final : public Loss {
 public:
  struct Options {
    double gamma = 10;
    static void describe(Schema& s) {
      s.field(
           &Options::gamma, "gamma",
           "the penalty is gamma / 2 E |grad D|^2; conventions without the 1/2 give half of this")
          .range(0, 1e6);
    }
  };
  R1(const Options& options, const Shapes&) : gamma_(options.gamma) {}

  Objectives objectives() const override { return {true, false, false}; }
  std::vector<SeriesInfo> series() const override { return {{"squared-norm", "1"}}; }

  Variable discriminator(Round& round) override {
    const Variable gradients = logit_gradients(round.real_outputs(), round.inputs(round.real()));
    const Variable squared_norm = mean(sum_rows(square(gradients)));
    round.log("squared-norm", squared_norm.item());
    return (gamma_ / 2) * squared_norm;
  }

 private:
  double gamma_;
};

}  // namespace

SADDLE_PLUGIN(loss, R1, "r1", "gradient penalty on real samples");
