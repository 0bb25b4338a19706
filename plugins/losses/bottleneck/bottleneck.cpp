#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The variational discriminator bottleneck (Peng et al. 2019, equations 8 and 9): the information
// that the discriminator's code carries about its input is held below I_c by a Lagrange multiplier,
//   discriminator   beta (rate - I_c),   rate = (E_real KL + E_generated KL) / 2
// with KL[E(code | x) || N(0, 1)] of each sample in nats, the discriminator's output `rate`.
class Bottleneck final : public Loss {
 public:
  struct Options : RateLimitOptions {
    static void describe(Schema& s) { describe_rate_limit<Options>(s); }
  };
  Bottleneck(const Options& options, const Shapes&) : limit_(add<RateLimit>("limit", options)) {}

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
    round.log("rate", rate.item());
    round.log("beta", limit_.beta());
    if (!round.looks_ahead()) limit_.propose(rate);
    return limit_.price(rate);
  }

  void after_update(Player player, Module&) override {
    if (player == Player::discriminator) limit_.commit();
  }

 private:
  RateLimit& limit_;
};

}  // namespace

SADDLE_PLUGIN(loss, Bottleneck, "bottleneck", "limits the information of the discriminator's code");
