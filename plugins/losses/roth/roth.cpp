#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The regulariser of Roth et al. 2017, which stands for noise on the discriminator's
// inputs of variance gamma, integrated out; s the sigmoid, D the logit:
//   discriminator   gamma / 2 ( E_real (1 - s(D))^2 |grad D|^2 + E_generated s(D)^2 |grad D|^2 )
// Roth et al. anneal gamma exponentially: give the term's `weight` as a schedule.
class Roth final : public Loss {
 public:
  struct Options {
    double gamma = 2;
    static void describe(Schema& s) {
      s.field(&Options::gamma, "gamma",
              "variance of the noise that the penalty stands for; to anneal it, make the term's "
              "weight a schedule")
          .range(0, 1e6);
    }
  };
  Roth(const Options& options, const Shapes&) : gamma_(options.gamma) {}

  Objectives objectives() const override { return {true, false, false}; }
  bool differentiates_inputs() const override { return true; }
  std::vector<SeriesInfo> series() const override {
    return {{"weighted-squared-norm",
             "1",
             {{"definition",
               "mean of (1 - s(D))^2 |grad D|^2 on real plus s(D)^2 |grad D|^2 on generated"}}}};
  }

  Variable discriminator(Round& round) override {
    const Variable real = weighted(round.real_outputs(), round.inputs(round.real()), -1);
    const Variable generated =
        weighted(round.generated_outputs(), round.inputs(round.generated()), 1);
    const Variable total = real + generated;
    round.log("weighted-squared-norm", total.item());
    return (gamma_ / 2) * total;
  }

 private:
  // E s(sign D)^2 |grad D|^2; 1 - s(D) is s(-D).
  static Variable weighted(const Outputs& outputs, const Variable& inputs, double sign) {
    const Variable norms = sum_rows(square(logit_gradients(outputs, inputs)));
    return mean(flatten_rows(square(sigmoid(sign * outputs.logits()))) * norms);
  }
  // [n, 1] -> [n]
  static Variable flatten_rows(const Variable& x) { return reshape(x, {x.size()}); }

  double gamma_;
};

}  // namespace

SADDLE_PLUGIN(loss, Roth, "roth", "gradient penalty weighted by how unsure the discriminator is");
