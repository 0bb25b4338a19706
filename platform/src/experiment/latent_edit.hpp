#pragma once

#include <saddle/plugin/latent.hpp>

#include "experiment/latent_source.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace saddle {

// What a user asks of latents that were drawn: parts that are held at a value.
class LatentEdit {
 public:
  // Each setting is "PART=VALUE". Of a part that is one of several (categorical, label, codebook)
  // the value is its number from 0, or "each", which takes them in turns; of others it is a number
  // for all its coordinates, or a list. Throws SpecError.
  LatentEdit(const std::vector<std::string>& settings, const LatentSource& source);
  // Rows [first_row, first_row + n) with those parts replaced.
  Latent apply(const Latent& latent, std::size_t first_row) const;

 private:
  struct Held {
    Tensor points;      // [choices, size]
    bool in_turns;      // or the first of them always
    std::size_t first;  // the number of the first of them
    bool is_label;
  };
  static Held held(const std::string& setting, const LatentPart& part, const std::string& value,
                   const LatentSource& source);

  std::map<std::string, Held> held_;
};

// Rows [first_row, first_row + n) of a path of `steps` rows from the first of two latents to the
// second. Normal parts turn evenly from one to the other on a great circle, their lengths evenly
// with them (White 2016, Sampling generative networks, section 2.1); uniform, truncated and
// mixtures go straight; what is one of several stays the first's. Rows beyond the path are its
// last.
Latent path_between(const Latent& ends, const std::vector<LatentPart>& parts, std::size_t steps,
                    std::size_t first_row, std::size_t count);

}  // namespace saddle
