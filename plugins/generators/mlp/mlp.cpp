#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

class MlpGenerator final : public Generator {
 public:
  struct Options : nn::MlpOptions {
    // What limits information in training must limit it in each sample.
    Options() { bottleneck_samples = nn::Stochastic::Samples::always; }
    static void describe(Schema& s);
  };
  static std::vector<std::string> offers(const Options& options) {
    if (options.bottleneck > 0) return {"rate"};
    return {};
  }
  MlpGenerator(const Options& options, const Shapes& shapes)
      : body_(add<nn::Mlp>("body", shapes.latent, shapes.sample, options)) {}

  Samples forward(const Latent& latent, Context& context) override {
    const nn::Mlp::Pass pass = body_.run(latent.joined(), context);
    Samples samples(pass.output);
    if (pass.rate) samples.set("rate", *pass.rate);
    return samples;
  }

 private:
  nn::Mlp& body_;
};

void MlpGenerator::Options::describe(Schema& s) {
  MlpOptions::describe(s);
  s.field(&Options::bottleneck, "bottleneck",
          "units of a stochastic layer before the last one, whose information the loss "
          "'generator-bottleneck' limits; 0 for none")
      .range(0, 65536);
}

}  // namespace

SADDLE_PLUGIN(generator, MlpGenerator, "mlp", "fully connected generator");
