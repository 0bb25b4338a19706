#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// logits = head(phi(x)), with phi the hidden layers. With a bottleneck, its code stands in place of
// phi(x), where labels are projected too (Peng et al. 2019).
class MlpDiscriminator final : public Discriminator {
 public:
  struct Options : nn::MlpOptions, ConditionOptions {
    static void describe(Schema& s);
  };
  static std::vector<std::string> offers(const Options& options) {
    if (options.bottleneck > 0) return {"features", "rate"};
    return {"features"};
  }
  MlpDiscriminator(const Options& options, const Shapes& shapes);

  Outputs forward(const Batch& batch, Context& context) override;
  bool mixes_samples() const override { return mixes_samples_; }

 private:
  bool mixes_samples_;
  nn::Mlp& body_;
  LabelCondition& condition_;
};

void MlpDiscriminator::Options::describe(Schema& s) {
  MlpOptions::describe(s);
  s.field(&Options::bottleneck, "bottleneck",
          "units of a stochastic layer before the logits, whose information the loss 'bottleneck' "
          "limits; 0 for none")
      .range(0, 65536);
  describe_condition<Options>(s);
}

MlpDiscriminator::MlpDiscriminator(const Options& options, const Shapes& shapes)
    : mixes_samples_(options.mixes_samples()),
      body_(add<nn::Mlp>("body", conditioned_input(options, shapes, {element_count(shapes.input)}),
                         Shape{1}, options)),
      condition_(add<LabelCondition>("", options, shapes.classes, body_.width(), init::xavier(),
                                     options.spectral_norm)) {}

Outputs MlpDiscriminator::forward(const Batch& batch, Context& context) {
  const Variable x = condition_.input(flatten(batch.x), batch.labels, context);
  const nn::Mlp::Pass pass = body_.run(x, context);
  Outputs outputs(condition_.logits(pass.output, pass.code, batch.labels, context));
  outputs.set("features", pass.features);
  if (pass.rate) outputs.set("rate", *pass.rate);
  return outputs;
}

}  // namespace

SADDLE_PLUGIN(discriminator, MlpDiscriminator, "mlp", "fully connected discriminator");
