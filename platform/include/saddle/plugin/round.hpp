#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/pool.hpp>
#include <saddle/plugin/discriminator.hpp>
#include <saddle/plugin/generator.hpp>
#include <saddle/plugin/series.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saddle {

// The objectives of a loss term.
enum class Objective { discriminator, generator, own };

// One update as the loss terms see it: the batches, and the players run on them. Samples and
// outputs are computed when first asked for, once, and shared by all terms. Terms run players
// through the round only, so that they meet whatever parameters the update rule has put in place.
// With packing m, batch counts tuples: real, generated, latent and labels have batch m rows, and
// what the discriminator sees has batch rows.
class SADDLE_API Round : public Pooled {
 public:
  // What the host provides.
  struct Setup {
    Generator* generator;
    Discriminator* discriminator;
    // How messages name them: "generator 'mlp'". What the names lie in must outlive the round.
    std::string_view generator_name, discriminator_name;
    const Shapes* shapes;
    std::int64_t step;
    std::uint16_t update;
    std::size_t packing;
    // Which players this update trains. Generated samples carry history only where the generator is
    // trained, and only a trained player's buffers are proposed new values.
    bool trains_discriminator, trains_generator;
    // Whether the discriminator may see real and generated samples in one pass, where it mixes none
    // and is trained alone.
    bool one_pass;
    // Standard deviation of the noise on all that the discriminator sees.
    double instance_noise;
    // The root of the streams of this run.
    const RandomStream* streams;
    std::function<Batch()> draw_real;
    std::function<Latent()> draw_latent;
  };
  explicit Round(Setup setup);
  ~Round();
  Round(const Round&) = delete;
  Round& operator=(const Round&) = delete;

  std::int64_t step() const;
  // The number of rows of real(), generated() and latent().
  std::size_t count();

  const Variable& real();       // [batch m, sample...]
  const Labels& real_labels();  // batch m, or none
  const Latent& latent();       // batch m rows
  const Variable& generated();  // [batch m, sample...]
  // The same with the generator's further outputs.
  const Samples& generator_outputs();
  // Those that the latent asks for: batch m, or none. The discriminator gets them with generated().
  const Labels& generated_labels();

  // Samples as the discriminator sees them, packed and with instance noise: [batch m, sample...] ->
  // [batch, input...]. Computed once for real() and generated(), tracked, so that penalties may
  // differentiate with respect to them.
  Variable inputs(const Variable& samples);
  // The discriminator on inputs(real()) and inputs(generated()). Where it samples in its own
  // update, the generator's objective sees what it returns without (Peng et al. 2019, section 4).
  const Outputs& real_outputs();
  const Outputs& generated_outputs();
  // The discriminator on further inputs [k, input...], as interpolates, with a label for each,
  // which a conditional one asks for. With packing it gets none: a tuple has no label. Changes no
  // buffer.
  Outputs discriminate(const Variable& inputs, const Labels& labels = {});

  // A stream of the running term's own for this update.
  RandomStream random(std::string_view name);
  // Whether the discriminator's parameters are where an update rule only tries them out: then its
  // objective must leave no trace.
  bool looks_ahead() const;
  // The value of a declared series for this update. Throws PluginError for an undeclared one.
  void log(std::string_view series, double value);

  // For the host: names the term that runs next, with its declared series, and its objective.
  void enter_term(std::string_view term, const std::vector<std::string>& series,
                  Objective objective = Objective::discriminator);
  // For the host: real_outputs() and generated_outputs() where a term asked for them, else null.
  const Outputs* known_real_outputs() const;
  const Outputs* known_generated_outputs() const;
  // For the host: what the terms logged, by "<term>/<series>".
  const SeriesValues& logged() const;
  // For the host, where an update rule puts the discriminator's parameters elsewhere: forgets its
  // outputs and what the terms logged, so that objectives are evaluated anew on the same samples.
  // From here on no forward proposes new values of buffers.
  void look_ahead();

 private:
  // real_outputs() and generated_outputs() in one pass.
  void judge_both();

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace saddle
