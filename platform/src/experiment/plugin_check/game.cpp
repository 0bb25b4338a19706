#include "experiment/plugin_check/game.hpp"

#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/nn/mlp.hpp>
#include <saddle/plugin/mixture_dataset.hpp>

#include "experiment/plugin_check/setups.hpp"

#include <set>
#include <utility>

namespace saddle::plugin_check {
namespace {

constexpr std::size_t kUnits = kGameFeatures;
constexpr std::size_t kModes = 3;

nn::MlpOptions smooth(std::vector<std::size_t> hidden, const char* output) {
  nn::MlpOptions options(std::move(hidden));
  options.activation = "tanh";
  options.output_activation = output;
  options.init = "xavier";
  return options;
}

// [n, ...] -> [n, 1]: nonnegative, as the divergence of a code is.
Variable rate_of(const Variable& code) {
  return reshape(sum_rows(square(flatten(code))), {code.shape()[0], 1});
}

class SmoothGenerator final : public Generator {
 public:
  explicit SmoothGenerator(const Shapes& shapes)
      : body_(add<nn::Mlp>("body", shapes.latent, shapes.sample, smooth({kUnits}, "identity"))) {}
  Samples forward(const Latent& latent, Context& context) override {
    Samples samples(body_(latent.joined(), context));
    samples.set("rate", rate_of(samples.x()));
    return samples;
  }

 private:
  nn::Mlp& body_;
};

class SmoothDiscriminator final : public Discriminator {
 public:
  explicit SmoothDiscriminator(const Shapes& shapes)
      : hidden_(add<nn::Mlp>("hidden", shapes.input, Shape{kUnits}, smooth({}, "tanh"))),
        head_(add<nn::Mlp>("head", Shape{kUnits}, Shape{1}, smooth({}, "identity"))) {}
  Outputs forward(const Batch& batch, Context& context) override {
    const Variable features = hidden_(batch.x, context);
    Outputs outputs(head_(features, context));
    outputs.set("features", features);
    outputs.set("rate", rate_of(features));
    return outputs;
  }
  bool mixes_samples() const override { return false; }

 private:
  nn::Mlp& hidden_;
  nn::Mlp& head_;
};

// The modes stand apart along the diagonal.
Modes diagonal_modes(std::size_t dimension) {
  Modes modes{empty({kModes, dimension}), std::vector<double>(kModes, 0.5),
              std::vector<double>(kModes, 1.0 / kModes)};
  for (std::size_t k = 0; k < kModes; ++k)
    for (std::size_t j = 0; j < dimension; ++j)
      modes.centres(k, j) = static_cast<Scalar>(k) - static_cast<Scalar>(1);
  return modes;
}

class ShapedMixture final : public Dataset {
 public:
  explicit ShapedMixture(Shape sample)
      : sample_(std::move(sample)),
        flat_(diagonal_modes(element_count(sample_)), kPoints,
              DataSource(check_stream("dataset"), {})) {}
  Shape sample_shape() const override { return sample_; }
  std::size_t size(Split split) const override { return flat_.size(split); }
  Tensor samples(Split split, const Indices& indices) const override {
    return shaped(flat_.samples(split, indices), sample_);
  }
  std::size_t classes() const override { return flat_.classes(); }
  Labels labels(Split split, const Indices& indices) const override {
    return flat_.labels(split, indices);
  }
  std::optional<std::vector<double>> log_density(const Tensor& x) const override {
    return flat_.log_density(shaped(x, {element_count(sample_)}));
  }
  std::optional<Modes> modes() const override { return flat_.modes(); }

 private:
  static constexpr std::size_t kPoints = 2000;
  static Tensor shaped(const Tensor& x, const Shape& row) {
    return reshape(Variable(x), with_rows(x.shape(0), row)).value();
  }

  Shape sample_;
  MixtureDataset flat_;
};

}  // namespace

Game::Game(const Shapes& shapes)
    : shapes_(shapes),
      streams_(check_stream("game")),
      generator_(std::make_unique<SmoothGenerator>(shapes)),
      discriminator_(std::make_unique<SmoothDiscriminator>(shapes)) {
  generator_->initialise(streams_.child("init/generator"));
  discriminator_->initialise(streams_.child("init/discriminator"));
}

std::unique_ptr<Round> Game::round(Player trained, const Variable& real, const Variables& latent) {
  Round::Setup setup{};
  setup.generator = generator_.get();
  setup.discriminator = discriminator_.get();
  setup.generator_name = "the check's generator";
  setup.discriminator_name = "the check's discriminator";
  setup.shapes = &shapes_;
  setup.step = 1;
  setup.packing = 1;
  (trained == Player::discriminator ? setup.trains_discriminator : setup.trains_generator) = true;
  setup.streams = &streams_;
  setup.draw_real = [this, real] { return Batch{real, draw_labels(shapes_, real.shape()[0])}; };
  setup.draw_latent = [this, latent] {
    Latent::Parts parts;
    for (std::size_t i = 0; i < latent.size(); ++i)
      parts.emplace_back(shapes_.parts[i].name, latent[i]);
    return Latent(std::move(parts));
  };
  return std::make_unique<Round>(std::move(setup));
}

bool game_offers(const std::string& name) {
  const std::set<std::string> names = {"features", "rate",        "labels",
                                       "modes",    "log-density", "test-split"};
  return names.count(name) > 0;
}

bool game_generator_offers(const std::string& name) { return name == "rate"; }

std::unique_ptr<Dataset> game_dataset(const Shape& sample) {
  return std::make_unique<ShapedMixture>(sample);
}

}  // namespace saddle::plugin_check
