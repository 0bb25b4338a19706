#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// WGAN-GP's penalty (Gulrajani et al. 2017, equation 3) on points between the real inputs x and the
// generated inputs y of the discriminator:
//   discriminator   lambda E (|grad D(u x + (1 - u) y)| - target)^2,  u uniform on (0, 1), D the
//   logit
// One-sided (Petzka et al. 2018), only norms above the target count: max(0, |grad D| - target)^2.
// TF-GAN penalises (|grad D| / target - 1)^2 instead: lambda / target^2 here.
class GradientPenalty final : public Loss {
 public:
  struct Options {
    double lambda = 10, target = 1;
    bool one_sided = false;
    static void describe(Schema& s) {
      s.field(&Options::lambda, "lambda", "the penalty is lambda E (|grad D| - target)^2")
          .range(0, 1e6);
      s.field(&Options::target, "target",
              "norm of the gradient that costs nothing; in the units of |grad D|, where TF-GAN's "
              "(|grad D| / target - 1)^2 is relative")
          .range(0, 1e6);
      s.field(&Options::one_sided, "one_sided",
              "whether norms below the target cost nothing either");
    }
  };
  GradientPenalty(const Options& options, const Shapes&) : options_(options) {}

  Objectives objectives() const override { return {true, false, false}; }
  std::vector<SeriesInfo> series() const override {
    return {{"gradient-norm", "1", {{"definition", "mean of |grad D| at the interpolates"}}}};
  }

  // A conditional discriminator sees the interpolates with the labels of the real samples.
  Variable discriminator(Round& round) override {
    const Variable real = round.inputs(round.real()), generated = round.inputs(round.generated());
    // One share for each pair of inputs: [n, 1, ...].
    Shape shares(real.shape().size(), 1);
    shares[0] = real.shape()[0];
    const Variable u(random_uniform(round.random("interpolate"), shares, 0, 1));
    const Variable points = generated + u * (real - generated);
    const Outputs outputs = round.discriminate(points, round.real_labels());
    const Variable norms = norm_rows(logit_gradients(outputs, points));
    round.log("gradient-norm", mean(norms).item());
    const Variable excess = norms - options_.target;
    return options_.lambda * mean(square(options_.one_sided ? relu(excess) : excess));
  }

 private:
  Options options_;
};

}  // namespace

SADDLE_PLUGIN(loss, GradientPenalty, "gradient-penalty",
              "penalty on the norm of the gradient between real and generated samples (WGAN-GP)");
