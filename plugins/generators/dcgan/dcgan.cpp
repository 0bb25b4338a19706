#include <saddle/saddle.hpp>

#include <string>
#include <vector>

namespace {
using namespace saddle;

// The generator of Radford et al. 2016 (figure 1): a linear map to small images of many channels,
// then transposed convolutions that double the sides and halve the channels, each but the last
// followed by batch normalisation and a rectifier. Windows of 4 in place of 5 cover every pixel
// equally often.
class DcganGenerator final : public Generator {
 public:
  struct Options {
    std::size_t channels = 64;
    std::string norm = "batch", activation = "relu", output_activation = "tanh";
    double init_deviation = 0.02;
    static void describe(Schema& s) {
      s.field(&Options::channels, "channels",
              "before the last layer; doubled with each layer above")
          .range(1, 4096);
      s.field(&Options::norm, "norm", "after each layer but the last").choices({"batch", "none"});
      s.field(&Options::activation, "activation", "after each layer but the last")
          .choices(nn::activation_names());
      s.field(&Options::output_activation, "output_activation", "after the last layer")
          .choices(nn::activation_names());
      s.field(&Options::init_deviation, "init_deviation", "standard deviation of the first weights")
          .range(0, 100);
    }
  };

  DcganGenerator(const Options& options, const Shapes& shapes)
      : options_(options), pyramid_(nn::image_pyramid(shapes.sample)) {
    const Initialiser weights = init::normal(options.init_deviation);
    std::size_t channels = options.channels << (pyramid_.halvings - 1);
    top_ = {pyramid_.top.height, pyramid_.top.width, channels};
    layers_.push_back(
        &add<nn::Linear>("0", element_count(shapes.latent), element_count(top_), weights));
    add_norm(channels);
    for (std::size_t i = 1; i <= pyramid_.halvings; ++i) {
      const bool last = i == pyramid_.halvings;
      const std::size_t next = last ? pyramid_.channels : channels / 2;
      layers_.push_back(&add<nn::ConvTransposed2d>(std::to_string(i), channels, next, 4,
                                                   Geometry{2, 1}, weights,
                                                   nn::LinearOptions{last || !with_norm()}));
      if (!last) add_norm(next);
      channels = next;
    }
  }

  // [n, latent] -> [n, height, width, channels]
  Samples forward(const Latent& latent, Context& context) override {
    Variable h = (*layers_[0])(latent.joined(), context);
    h = finish(0, reshape(h, with_rows(latent.count(), top_)), context);
    for (std::size_t i = 1; i < layers_.size(); ++i)
      h = finish(i, (*layers_[i])(h, context), context);
    return h;
  }

 private:
  bool with_norm() const { return options_.norm == "batch"; }

  void add_norm(std::size_t channels) {
    if (!with_norm()) return;
    nn::BatchNormOptions norm;
    norm.activation = options_.activation;
    norms_.push_back(&add<nn::BatchNorm>("norm" + std::to_string(norms_.size()), channels, norm));
  }

  // What follows a layer.
  Variable finish(std::size_t layer, const Variable& x, Context& context) {
    if (layer + 1 == layers_.size()) return nn::activate(options_.output_activation, x);
    return with_norm() ? (*norms_[layer])(x, context) : nn::activate(options_.activation, x);
  }

  Options options_;
  nn::Pyramid pyramid_;
  Shape top_;
  std::vector<nn::Layer*> layers_, norms_;
};

}  // namespace

SADDLE_PLUGIN(generator, DcganGenerator, "dcgan", "transposed convolutions that double images");
