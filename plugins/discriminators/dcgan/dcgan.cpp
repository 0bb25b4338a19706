#include <saddle/saddle.hpp>

#include <string>
#include <vector>

namespace {
using namespace saddle;

// The discriminator of Radford et al. 2016: convolutions that halve the sides and double the
// channels, all but the first followed by batch normalisation, each by a leaky rectifier; then one
// linear map. It offers what the last convolution gives, as `features`.
class DcganDiscriminator final : public Discriminator {
 public:
  struct Options : ConditionOptions {
    std::size_t channels = 64;
    std::string norm = "batch", activation = "leaky-relu";
    bool spectral_norm = false;
    double init_deviation = 0.02;
    static void describe(Schema& s) {
      s.field(&Options::channels, "channels",
              "after the first layer; doubled with each layer below")
          .range(1, 4096);
      s.field(&Options::norm, "norm", "after each convolution but the first")
          .choices({"batch", "none"});
      s.field(&Options::activation, "activation", "after each convolution")
          .choices(nn::activation_names());
      s.field(&Options::spectral_norm, "spectral_norm",
              "divide each weight by its largest singular value");
      s.field(&Options::init_deviation, "init_deviation", "standard deviation of the first weights")
          .range(0, 100);
      describe_condition<Options>(s);
    }
  };
  static std::vector<std::string> offers(const Options&) { return {"features"}; }

  DcganDiscriminator(const Options& options, const Shapes& shapes)
      : options_(options),
        pyramid_(nn::image_pyramid(shapes.input)),
        logits_(build(conditioned_input(options, shapes, shapes.input).back())),
        condition_(add<LabelCondition>("", options, shapes.classes, units(),
                                       init::normal(options.init_deviation),
                                       options.spectral_norm)) {}

  // [n, height, width, channels] -> logits [n, 1], features [n, units]
  Outputs forward(const Batch& batch, Context& context) override {
    Variable h = condition_.input(batch.x, batch.labels, context);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      h = (*layers_[i])(h, context);
      if (i > 0 && mixes_samples()) h = (*norms_[i - 1])(h, context);
    }
    const Variable features = flatten(h);
    Outputs outputs(condition_.logits(logits_(features, context), features, batch.labels, context));
    outputs.set("features", features);
    return outputs;
  }

  bool mixes_samples() const override { return options_.norm == "batch"; }

 private:
  // What the last convolution gives for each sample.
  std::size_t units() const {
    return pyramid_.top.height * pyramid_.top.width *
           (options_.channels << (pyramid_.halvings - 1));
  }

  // For images of so many channels, those of the label included. Returns the last layer.
  nn::Linear& build(std::size_t channels) {
    const Initialiser weights = init::normal(options_.init_deviation);
    for (std::size_t i = 0; i < pyramid_.halvings; ++i) {
      const std::size_t next = options_.channels << i;
      const bool normed = i > 0 && mixes_samples();
      nn::LinearOptions layer{!normed, options_.spectral_norm};
      nn::BatchNormOptions norm;
      (normed ? norm.activation : layer.activation) = options_.activation;
      layers_.push_back(
          &add<nn::Conv2d>(std::to_string(i), channels, next, 4, Geometry{2, 1}, weights, layer));
      if (normed) norms_.push_back(&add<nn::BatchNorm>("norm" + std::to_string(i), next, norm));
      channels = next;
    }
    return add<nn::Linear>(std::to_string(pyramid_.halvings), units(), 1, weights,
                           nn::LinearOptions{true, options_.spectral_norm});
  }

  Options options_;
  nn::Pyramid pyramid_;
  std::vector<nn::Layer*> layers_, norms_;
  nn::Linear& logits_;
  LabelCondition& condition_;
};

}  // namespace

SADDLE_PLUGIN(discriminator, DcganDiscriminator, "dcgan", "convolutions that halve images");
