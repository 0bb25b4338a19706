#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

class MlpGenerator final : public Generator {
 public:
  using Options = nn::MlpOptions;
  MlpGenerator(const Options& options, const Shapes& shapes)
      : body_(add<nn::Mlp>("body", shapes.latent, shapes.sample, options)) {}

  Variable forward(const Latent& latent, Context& context) override {
    return body_(latent.joined(), context);
  }

 private:
  nn::Mlp& body_;
};

}  // namespace

SADDLE_PLUGIN(generator, MlpGenerator, "mlp", "fully connected generator");
