#include <saddle/saddle.hpp>

#include <algorithm>

namespace {
using namespace saddle;

// logits = head(phi(x)), with phi the hidden layers. On the label y of each sample they depend by
//   concatenation   x with y one-hot beside it (Mirza and Osindero 2014)
//   projection      logits + <embedding(y), phi(x)> (Miyato and Koyama 2018, equation 3)
// With a bottleneck, its code stands in place of phi(x) in both (Peng et al. 2019).
class MlpDiscriminator final : public Discriminator {
 public:
  struct Options : nn::MlpOptions {
    std::string condition = "none";
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
  void require_labels(const Batch& batch, const Context& context) const;

  bool mixes_samples_;
  std::string condition_;
  std::size_t classes_;
  nn::Mlp& body_;
  nn::Embedding* embedding_ = nullptr;  // [classes, width]
};

void MlpDiscriminator::Options::describe(Schema& s) {
  MlpOptions::describe(s);
  s.field(&Options::bottleneck, "bottleneck",
          "units of a stochastic layer before the logits, whose information the loss 'bottleneck' "
          "limits; 0 for none")
      .range(0, 65536);
  s.field(&Options::condition, "condition", "how the logits depend on the labels of the samples")
      .choices({"none", "concatenation", "projection"});
}

// [n, input...], with a one-hot label beside it where one is given.
Shape body_input(const MlpDiscriminator::Options& options, const Shapes& shapes) {
  const std::string where = "condition: " + options.condition;
  if (options.condition == "none") return shapes.input;
  if (shapes.classes == 0)
    throw SpecError(where +
                    " needs labels, and this dataset has none. Take one with labels, or "
                    "condition: none.");
  if (shapes.input != shapes.sample)
    throw SpecError(where +
                    " needs one label for each input, and with train.packing an input is a tuple "
                    "of samples. Take packing: 1, or condition: none.");
  const auto asks = [](const LatentPart& part) { return part.law == "label"; };
  if (std::none_of(shapes.parts.begin(), shapes.parts.end(), asks))
    throw SpecError(where +
                    " needs the label of each generated sample. Give the latent a part that asks "
                    "for one, as in latent: {y: {label: {}}}.");
  if (options.condition == "projection") return shapes.input;
  return {element_count(shapes.input) + shapes.classes};
}

MlpDiscriminator::MlpDiscriminator(const Options& options, const Shapes& shapes)
    : mixes_samples_(options.mixes_samples()),
      condition_(options.condition),
      classes_(shapes.classes),
      body_(add<nn::Mlp>("body", body_input(options, shapes), Shape{1}, options)) {
  if (condition_ == "projection")
    embedding_ = &add<nn::Embedding>("embedding", classes_, body_.width(), init::xavier(),
                                     options.spectral_norm);
}

// In evaluation, samples without labels are judged as such: without the part of the label.
void MlpDiscriminator::require_labels(const Batch& batch, const Context& context) const {
  if (condition_ == "none" || !context.training() || !batch.labels.empty()) return;
  throw PluginError("condition: " + condition_ +
                    " needs the label of each sample, and these samples have none. Generated "
                    "samples have those that a part of the latent asks for, as in "
                    "latent: {y: {label: {}}}.");
}

Outputs MlpDiscriminator::forward(const Batch& batch, Context& context) {
  require_labels(batch, context);
  const std::size_t n = batch.x.shape()[0];
  Variable x = batch.x;
  if (condition_ == "concatenation") {
    const Tensor labels =
        batch.labels.empty() ? zeros({n, classes_}) : nn::one_hot(batch.labels, classes_);
    x = concat({flatten(x), Variable(labels)}, 1);
  }
  const nn::Mlp::Pass pass = body_.run(x, context);
  Variable logits = pass.output;
  if (embedding_ && !batch.labels.empty())
    logits = logits + reshape(sum_rows((*embedding_)(batch.labels, context) * pass.code), {n, 1});
  Outputs outputs(logits);
  outputs.set("features", pass.features);
  if (pass.rate) outputs.set("rate", *pass.rate);
  return outputs;
}

}  // namespace

SADDLE_PLUGIN(discriminator, MlpDiscriminator, "mlp", "fully connected discriminator");
