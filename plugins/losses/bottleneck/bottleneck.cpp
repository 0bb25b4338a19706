#include <saddle/saddle.hpp>

#include <algorithm>

namespace {
using namespace saddle;

// The variational discriminator bottleneck (Peng et al. 2019, equations 8 and 9): the information
// that the discriminator's code carries about its input is held below I_c by a Lagrange multiplier,
//   discriminator   beta (rate - I_c),   rate = (E_real KL + E_generated KL) / 2
// with KL[E(code | x) || N(0, 1)] of each sample in nats, the discriminator's output `rate`. After
// each update of the discriminator, dual ascent: beta <- max(0, beta + beta_step (rate - I_c)).
class Bottleneck final : public Loss {
 public:
  struct Options {
    double information = 0.2;
    double beta = 0;
    double beta_step = 1e-6;
    static void describe(Schema& s) {
      s.field(&Options::information, "information", "I_c, what the code may carry about its input")
          .unit("nats")
          .range(0, 1e6);
      s.field(&Options::beta, "beta", "the multiplier at the start").unit("1 / nats").range(0, 1e6);
      s.field(&Options::beta_step, "beta_step",
              "how far the multiplier moves at an update, by each nat of excess; 0 holds it")
          .range(0, 1e6);
    }
  };
  Bottleneck(const Options& options, const Shapes&)
      : options_(options), beta_(buffer("beta", {1}, init::constant(options.beta))) {}

  Objectives objectives() const override { return {true, false, false}; }
  std::vector<std::string> needs() const override { return {"rate"}; }
  std::vector<SeriesInfo> series() const override {
    return {{"rate",
             "nats",
             {{"definition",
               "mean KL[code given x || N(0, 1)] over real and generated samples, half each"}}},
            {"beta", "1 / nats"}};
  }

  Variable discriminator(Round& round) override {
    const Variable rate = 0.5 * (mean(round.real_outputs().get("rate")) +
                                 mean(round.generated_outputs().get("rate")));
    const double beta = *beta_.value().data();
    const double excess = rate.item() - options_.information;
    round.log("rate", rate.item());
    round.log("beta", beta);
    beta_.propose(full({1}, std::max(0.0, beta + options_.beta_step * excess)));
    return beta * (rate - options_.information);
  }

  void after_update(Player player, Module&) override {
    if (player == Player::discriminator) beta_.commit();
  }

 private:
  Options options_;
  Buffer& beta_;  // [1]
};

}  // namespace

SADDLE_PLUGIN(loss, Bottleneck, "bottleneck", "limits the information of the discriminator's code");
