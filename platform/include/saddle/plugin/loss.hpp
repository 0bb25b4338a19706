#pragma once

#include <saddle/base/export.hpp>
#include <saddle/nn/module.hpp>
#include <saddle/plugin/round.hpp>
#include <saddle/plugin/series.hpp>
#include <saddle/plugin/shapes.hpp>

#include <string>
#include <vector>

namespace saddle {

enum class Player { discriminator, generator };

// Throws SpecError where a batch has fewer samples than a loss is defined for.
SADDLE_API void require_batch(const Shapes& shapes, std::size_t least);

// One term of the objectives. A plugin is constructed with (const Options&, const Shapes&). The
// parameters of the term's own modules are trained by its own objective.
class SADDLE_API Loss : public Module {
 public:
  ~Loss() override;

  // Which of the three objectives the term has.
  struct Objectives {
    bool discriminator = false, generator = false, own = false;
  };
  virtual Objectives objectives() const = 0;
  // Curves beyond the objectives' values; filled by Round::log.
  virtual std::vector<SeriesInfo> series() const { return {}; }
  // Outputs that the term uses: of the discriminator beside the logits, of the generator beside the
  // samples.
  virtual std::vector<std::string> needs() const { return {}; }
  virtual std::vector<std::string> needs_of_generator() const { return {}; }

  // Whether the term differentiates real_outputs() or generated_outputs() with respect to inputs(),
  // as R1 does. Such a derivative costs twice as much where both came from one pass, so that the
  // host makes two.
  virtual bool differentiates_inputs() const { return false; }

  // The objectives, each a scalar [] to be minimised, the players' before the spec's weight. Called
  // only where `objectives` says so, and only when needed; `own` is minimised as it is, at each
  // discriminator update.
  virtual Variable discriminator(Round& round);
  virtual Variable generator(Round& round);
  virtual Variable own(Round& round);

  // Called after the player's update was committed, as for weight clipping.
  virtual void after_update(Player player, Module& module);
  // Whether the term's gradient is taken by itself, so that `combine` may weigh it against the
  // others'.
  virtual bool separate() const { return false; }
  // The player's gradient from that of the other terms and that of this one: their sum by default.
  virtual Tensors combine(Player player, const Tensors& others, const Tensors& mine) const;
};

}  // namespace saddle
