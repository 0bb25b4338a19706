#pragma once

#include <saddle/plugin/dataset.hpp>
#include <saddle/plugin/discriminator.hpp>
#include <saddle/plugin/generator.hpp>
#include <saddle/plugin/loss.hpp>
#include <saddle/plugin/round.hpp>

#include <memory>
#include <string>

namespace saddle::plugin_check {

// Numbers in the features that the game's discriminator offers.
constexpr std::size_t kGameFeatures = 8;

// Small networks to check losses and metrics with. Smooth everywhere, so that all that is rough in
// a check comes from the plugin. The discriminator offers `features`, the hidden layer "hidden",
// and both players a `rate`.
class Game {
 public:
  explicit Game(const Shapes& shapes);

  const Shapes& shapes() const { return shapes_; }
  Generator& generator() { return *generator_; }
  Discriminator& discriminator() { return *discriminator_; }
  // A round that trains one player, on real samples [n, sample...] and latent parts [n, size].
  std::unique_ptr<Round> round(Player trained, const Variable& real, const Variables& latent);

 private:
  Shapes shapes_;
  RandomStream streams_;
  std::unique_ptr<Generator> generator_;
  std::unique_ptr<Discriminator> discriminator_;
};

// What the game's discriminator and dataset offer, and its generator.
bool game_offers(const std::string& name);
bool game_generator_offers(const std::string& name);

// Gaussians with samples of any shape, three modes, labels and a known density.
std::unique_ptr<Dataset> game_dataset(const Shape& sample);

}  // namespace saddle::plugin_check
