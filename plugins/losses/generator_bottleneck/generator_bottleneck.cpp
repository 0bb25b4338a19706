#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The bottleneck of a generator: the information that its stochastic code carries about the latent,
// and so the samples about it, is held below I_c by a Lagrange multiplier,
//   generator   beta (rate - I_c),   rate = E KL[code given z || N(0, 1)] >= I(z; code) >= I(z; x)
// as IB-GAN (Jeon et al. 2021) limits it, with the dual ascent of the variational discriminator
// bottleneck (Peng et al. 2019). The rate is the generator's output `rate`, in nats.
class GeneratorBottleneck final : public Loss {
 public:
  struct Options : RateLimitOptions {
    static void describe(Schema& s) { describe_rate_limit<Options>(s); }
  };
  GeneratorBottleneck(const Options& options, const Shapes&)
      : limit_(add<RateLimit>("limit", options)) {}

  Objectives objectives() const override { return {false, true, false}; }
  std::vector<std::string> needs_of_generator() const override { return {"rate"}; }
  std::vector<SeriesInfo> series() const override {
    return {{"rate",
             "nats",
             {{"definition", "mean KL[code given z || N(0, 1)], at least I(latent; samples)"}}},
            {"beta", "1 / nats"}};
  }

  Variable generator(Round& round) override {
    const Variable rate = mean(round.generator_outputs().get("rate"));
    round.log("rate", rate.item());
    round.log("beta", limit_.beta());
    limit_.propose(rate);
    return limit_.price(rate);
  }

  void after_update(Player player, Module&) override {
    if (player == Player::generator) limit_.commit();
  }

 private:
  RateLimit& limit_;
};

}  // namespace

SADDLE_PLUGIN(loss, GeneratorBottleneck, "generator-bottleneck",
              "limits the information of the generator's code about the latent");
