#pragma once

#include <saddle/base/pool.hpp>
#include <saddle/saddle.hpp>

#include "plugins/given_round.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

// Small games to play loss terms in.
namespace saddle::test {

// Exact values in double; float keeps six digits.
inline Approx near(double value) {
  return Approx(value).epsilon(sizeof(Scalar) == 8 ? 1e-8 : 1e-5).margin(1e-12);
}

// D(x) = x.
class Identity final : public Discriminator {
 public:
  Outputs forward(const Batch& batch, Context&) override { return batch.x; }
};

// D(x) = a x0^2 + b x1, so that grad D = (2 a x0, b).
class Quadratic final : public Discriminator {
 public:
  Variable& a = parameter("a", {1}, init::constant(3));
  Variable& b = parameter("b", {1}, init::constant(0.5));
  Quadratic() { initialise(RandomStream(1, "init")); }
  Outputs forward(const Batch& batch, Context&) override {
    return a * square(slice(batch.x, 1, 0, 1)) + b * slice(batch.x, 1, 1, 2);
  }
};

// The logit is the first coordinate, the features are the sample.
class OwnFeatures final : public Discriminator {
 public:
  Outputs forward(const Batch& batch, Context&) override {
    Outputs outputs(slice(flatten(batch.x), 1, 0, 1));
    outputs.set("features", batch.x);
    return outputs;
  }
};

// G(z) = z + shift, so that its gradient shows.
class Shifted : public Generator {
 public:
  Variable& shift_by = parameter("shift", {1}, init::constant(0));
  Samples forward(const Latent& latent, Context&) override { return latent.joined() + shift_by; }
};

// A round of given real samples and latents, played by the shifted latents themselves.
struct Game : private Shifted, GivenRound {
  template <class Latents>
  Game(Discriminator& discriminator, const Tensor& real, const Latents& latent)
      : GivenRound(static_cast<Shifted&>(*this), discriminator, real, latent),
        generator(static_cast<Shifted&>(*this)) {}
  Shifted& generator;
  // Runs as the host would: a term enters before its objectives are called.
  void enter(const Loss& term) {
    std::vector<std::string> names;
    for (const SeriesInfo& info : term.series()) names.push_back(info.name);
    round.enter_term("term", names);
  }
  double logged(const std::string& series) const {
    return round.logged().at(pool_text({"term/", series}));
  }
};

inline Shapes shapes_for(const Shape& sample, const std::vector<LatentPart>& parts = {{"z", 1}}) {
  Shapes shapes{{0}, parts, sample, sample, 0};
  for (const LatentPart& part : parts) shapes.latent[0] += part.size;
  return shapes;
}

inline std::unique_ptr<Loss> make_loss(const std::string& name, Entries options = {},
                                       const Shapes& shapes = shapes_for({1})) {
  auto made = make<kinds::loss>(name, options, shapes);
  made->initialise(RandomStream(1, "loss"));
  return made;
}

// The logits of the tests of TF-GAN.
struct Logits : Game {
  explicit Logits(const std::vector<double>& real = {-5, 1.4, 12.5, 2.7})
      : Game(identity(), tensor({4, 1}, real), tensor({4, 1}, {10, 4.4, -5.5, 3.6})) {}
  static Identity& identity() {
    static Identity network;
    return network;
  }
};

inline double discriminator_value(Loss& term, Game& game) {
  game.enter(term);
  return double{term.discriminator(game.round).item()};
}
inline double generator_value(Loss& term, Game& game) {
  game.enter(term);
  return double{term.generator(game.round).item()};
}

}  // namespace saddle::test
