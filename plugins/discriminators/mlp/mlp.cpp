#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

class MlpDiscriminator final : public Discriminator {
 public:
  using Options = nn::MlpOptions;
  MlpDiscriminator(const Options& options, const Shapes& shapes)
      : body_(add<nn::Mlp>("body", shapes.input, Shape{1}, options)) {}

  Outputs forward(const Batch& batch, Context& context) override { return body_(batch.x, context); }
  bool mixes_samples() const override { return false; }

 private:
  nn::Mlp& body_;
};

}  // namespace

SADDLE_PLUGIN(discriminator, MlpDiscriminator, "mlp", "fully connected discriminator");
