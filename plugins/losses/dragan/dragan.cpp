#include <saddle/saddle.hpp>

#include <cmath>

namespace {
using namespace saddle;

// The penalty of DRAGAN (Kodali et al. 2017), to be listed beside an adversarial loss:
//   discriminator   lambda E (|grad D(x + a noise s U)| - target)^2
// with x the discriminator's real input, s the standard deviation of all elements of the batch, a
// uniform on (0, 1) for each sample and U for each element, as in the authors' code; D the logit.
class Dragan final : public Loss {
 public:
  struct Options {
    double lambda = 10, target = 1, noise = 0.5;
    static void describe(Schema& s) {
      s.field(&Options::lambda, "lambda", "the penalty is lambda E (|grad D| - target)^2")
          .range(0, 1e6);
      s.field(&Options::target, "target", "norm of the gradient that costs nothing").range(0, 1e6);
      s.field(&Options::noise, "noise", "largest distance from a sample along each axis")
          .unit("standard deviations of the batch")
          .range(0, 1e6);
    }
  };
  Dragan(const Options& options, const Shapes&) : options_(options) {}

  Objectives objectives() const override { return {true, false, false}; }
  std::vector<SeriesInfo> series() const override {
    return {{"gradient-norm", "1", {{"definition", "mean of |grad D| near the real samples"}}}};
  }

  Variable discriminator(Round& round) override {
    const Variable points = near(round.inputs(round.real()), round);
    const Outputs outputs = round.discriminate(points, round.real_labels());
    const Variable norms = norm_rows(logit_gradients(outputs, points));
    round.log("gradient-norm", mean(norms).item());
    return options_.lambda * mean(square(norms - options_.target));
  }

 private:
  Variable near(const Variable& real, Round& round) const {
    Shape shares(real.shape().size(), 1);
    shares[0] = real.shape()[0];
    const Variable a(random_uniform(round.random("share"), shares, 0, 1));
    const Variable u(random_uniform(round.random("noise"), real.shape(), 0, 1));
    return real + (options_.noise * deviation(real.value())) * (a * u);
  }
  // Of all elements, around their common mean.
  static double deviation(const Tensor& x) {
    double sum = 0, squares = 0;
    for (const Scalar element : x) sum += double{element};
    const double mean = sum / static_cast<double>(x.size());
    for (const Scalar element : x) squares += std::pow(double{element} - mean, 2);
    return std::sqrt(squares / static_cast<double>(x.size()));
  }

  Options options_;
};

}  // namespace

SADDLE_PLUGIN(loss, Dragan, "dragan",
              "penalty on the norm of the gradient around real samples (DRAGAN)");
