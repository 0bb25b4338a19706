#include <saddle/saddle.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace {
using namespace saddle;

// A residual block that halves the sides: [n, h, w, in] -> [n, h / 2, w / 2, out] (Gulrajani et al.
// 2017, appendix F; Miyato et al. 2018, figure 8). The first block of a network meets the images
// themselves, which no activation should cut.
class DownBlock final : public nn::Layer {
 public:
  DownBlock(const std::string& activation, bool spectral_norm, std::size_t in, std::size_t out,
            bool is_first)
      : activation_(activation),
        is_first_(is_first),
        first_(add<nn::Conv2d>("0", in, out, 3, Geometry{1, 1}, init::xavier(std::sqrt(2.0)),
                               nn::LinearOptions{true, spectral_norm, activation})),
        second_(add<nn::Conv2d>("1", out, out, 3, Geometry{1, 1}, init::xavier(std::sqrt(2.0)),
                                nn::LinearOptions{true, spectral_norm})),
        shortcut_(add<nn::Conv2d>("shortcut", in, out, 1, Geometry{}, init::xavier(),
                                  nn::LinearOptions{true, spectral_norm})) {}

 protected:
  Variable forward(const Variable& x, Context& context) override {
    const Variable h = first_(is_first_ ? x : nn::activate(activation_, x), context);
    const Variable residual = second_(h, context);
    // The mean goes through a window of one pixel unchanged, and costs a quarter before it.
    return average_pool(residual, 2) + shortcut_(average_pool(x, 2), context);
  }

 private:
  std::string activation_;
  bool is_first_;
  nn::Layer &first_, &second_, &shortcut_;
};

// It offers the sums over pixels before the last layer, as `features`.
class ResnetDiscriminator final : public Discriminator {
 public:
  struct Options : ConditionOptions {
    std::size_t channels = 64;
    std::string activation = "relu";
    bool spectral_norm = false;
    static void describe(Schema& s) {
      s.field(&Options::channels, "channels", "of each block").range(1, 4096);
      s.field(&Options::activation, "activation", "before each convolution of a block")
          .choices(nn::activation_names());
      s.field(&Options::spectral_norm, "spectral_norm",
              "divide each weight by its largest singular value");
      describe_condition<Options>(s);
    }
  };
  static std::vector<std::string> offers(const Options&) { return {"features"}; }

  ResnetDiscriminator(const Options& options, const Shapes& shapes)
      : activation_(options.activation),
        blocks_(build(options, nn::image_pyramid(shapes.input),
                      conditioned_input(options, shapes, shapes.input).back())),
        logits_(add<nn::Linear>("logits", options.channels, 1, init::xavier(),
                                nn::LinearOptions{true, options.spectral_norm})),
        condition_(add<LabelCondition>("", options, shapes.classes, options.channels,
                                       init::xavier(), options.spectral_norm)) {}

  // [n, height, width, channels] -> logits [n, 1], features [n, channels]
  Outputs forward(const Batch& batch, Context& context) override {
    Variable h = condition_.input(batch.x, batch.labels, context);
    for (nn::Layer* block : blocks_) h = (*block)(h, context);
    const Variable features = sum(sum(nn::activate(activation_, h), 1), 1);
    Outputs outputs(condition_.logits(logits_(features, context), features, batch.labels, context));
    outputs.set("features", features);
    return outputs;
  }

  bool mixes_samples() const override { return false; }

 private:
  // For images of so many channels, those of the label included.
  std::vector<nn::Layer*> build(const Options& options, const nn::Pyramid& pyramid,
                                std::size_t channels) {
    std::vector<nn::Layer*> blocks;
    for (std::size_t i = 0; i < pyramid.halvings; ++i)
      blocks.push_back(&add<DownBlock>("block" + std::to_string(i), options.activation,
                                       options.spectral_norm, i == 0 ? channels : options.channels,
                                       options.channels, i == 0));
    return blocks;
  }

  std::string activation_;
  std::vector<nn::Layer*> blocks_;
  nn::Layer& logits_;
  LabelCondition& condition_;
};

}  // namespace

SADDLE_PLUGIN(discriminator, ResnetDiscriminator, "resnet-small",
              "residual blocks that halve images");
