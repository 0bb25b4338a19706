#include <saddle/saddle.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace {
using namespace saddle;

struct GeneratorOptions {
  std::size_t channels = 64;
  std::string norm = "batch", activation = "relu", output_activation = "tanh";
  static void describe(Schema& s) {
    s.field(&GeneratorOptions::channels, "channels", "of each block").range(1, 4096);
    s.field(&GeneratorOptions::norm, "norm", "before each activation").choices({"batch", "none"});
    s.field(&GeneratorOptions::activation, "activation", "before each convolution of a block")
        .choices(nn::activation_names());
    s.field(&GeneratorOptions::output_activation, "output_activation", "after the last layer")
        .choices(nn::activation_names());
  }
};

// Normalisation, if asked for, and activation.
class Activated final : public nn::Layer {
 public:
  Activated(const GeneratorOptions& options, std::size_t channels)
      : activation_(options.activation) {
    nn::BatchNormOptions norm;
    norm.activation = options.activation;
    if (options.norm == "batch") norm_ = &add<nn::BatchNorm>("norm", channels, norm);
  }

 protected:
  Variable forward(const Variable& x, Context& context) override {
    return norm_ ? (*norm_)(x, context) : nn::activate(activation_, x);
  }

 private:
  std::string activation_;
  nn::Layer* norm_ = nullptr;
};

// A residual block that doubles the sides: [n, h, w, channels] -> [n, 2 h, 2 w, channels]
// (Gulrajani et al. 2017, appendix F; Miyato et al. 2018, figure 8). What both paths begin with is
// doubled by repeating pixels.
class UpBlock final : public nn::Layer {
 public:
  UpBlock(const GeneratorOptions& options, std::size_t channels)
      : first_activated_(add<Activated>("0", options, channels)),
        first_(add<nn::Conv2d>("1", channels, channels, 3, Geometry{1, 1},
                               init::xavier(std::sqrt(2.0)))),
        second_activated_(add<Activated>("2", options, channels)),
        second_(add<nn::Conv2d>("3", channels, channels, 3, Geometry{1, 1},
                                init::xavier(std::sqrt(2.0)))),
        shortcut_(add<nn::Conv2d>("shortcut", channels, channels, 1, Geometry{}, init::xavier())) {}

 protected:
  Variable forward(const Variable& x, Context& context) override {
    const Variable wide = upsample_nearest(first_activated_(x, context), 2);
    const Variable h = second_activated_(first_(wide, context), context);
    // A window of one pixel may as well be applied before doubling.
    return second_(h, context) + upsample_nearest(shortcut_(x, context), 2);
  }

 private:
  nn::Layer &first_activated_, &first_, &second_activated_, &second_, &shortcut_;
};

class ResnetGenerator final : public Generator {
 public:
  using Options = GeneratorOptions;
  ResnetGenerator(const Options& options, const Shapes& shapes)
      : ResnetGenerator(options, shapes, nn::image_pyramid(shapes.sample)) {}

  // [n, latent] -> [n, height, width, channels]
  Samples forward(const Latent& latent, Context& context) override {
    Variable h = reshape(project_(latent.joined(), context), with_rows(latent.count(), top_));
    for (nn::Layer* block : blocks_) h = (*block)(h, context);
    return nn::activate(output_activation_, last_(activated_(h, context), context));
  }

 private:
  ResnetGenerator(const Options& options, const Shapes& shapes, const nn::Pyramid& pyramid)
      : output_activation_(options.output_activation),
        top_{pyramid.top.height, pyramid.top.width, options.channels},
        project_(add<nn::Linear>("project", element_count(shapes.latent), element_count(top_),
                                 init::xavier())),
        activated_(add<Activated>("activated", options, options.channels)),
        last_(add<nn::Conv2d>("last", options.channels, pyramid.channels, 3, Geometry{1, 1},
                              init::xavier())) {
    for (std::size_t i = 0; i < pyramid.halvings; ++i)
      blocks_.push_back(&add<UpBlock>("block" + std::to_string(i), options, options.channels));
  }

  std::string output_activation_;
  Shape top_;
  nn::Layer &project_, &activated_, &last_;
  std::vector<nn::Layer*> blocks_;
};

}  // namespace

SADDLE_PLUGIN(generator, ResnetGenerator, "resnet-small", "residual blocks that double images");
