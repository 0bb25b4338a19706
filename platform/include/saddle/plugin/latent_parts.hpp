#pragma once

#include <saddle/plugin/latent.hpp>
#include <saddle/plugin/shapes.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

// The parts of the latent that `names` names, in that order; all where it is empty. Throws
// SpecError for a name that there is not, with `option` in its message.
std::vector<LatentPart> latent_parts(const Shapes& shapes, const std::vector<std::string>& names,
                                     const std::string& option);
// How many numbers they hold together.
std::size_t size_of(const std::vector<LatentPart>& parts);
// The parts side by side: [n, size_of(parts)].
Variable joined(const Latent& latent, const std::vector<LatentPart>& parts);

}  // namespace saddle
