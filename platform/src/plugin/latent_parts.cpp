#include <saddle/plugin/latent_parts.hpp>

#include <saddle/autograd/ops/layout.hpp>
#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>

namespace saddle {

std::vector<LatentPart> latent_parts(const Shapes& shapes, const std::vector<std::string>& names,
                                     const std::string& option) {
  if (names.empty()) return shapes.parts;
  std::vector<std::string> known;
  for (const LatentPart& part : shapes.parts) known.push_back(part.name);
  std::vector<LatentPart> chosen;
  for (const std::string& name : names) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end())
      throw SpecError(option + ": the latent has no part '" + name + "'." +
                      suggestion(name, known) + " It has: " + join(known, ", ") + ".");
    if (std::count(names.begin(), names.end(), name) > 1)
      throw SpecError(option + ": the part '" + name + "' stands twice.");
    chosen.push_back(shapes.parts[static_cast<std::size_t>(found - known.begin())]);
  }
  return chosen;
}

std::size_t size_of(const std::vector<LatentPart>& parts) {
  std::size_t total = 0;
  for (const LatentPart& part : parts) total += part.size;
  return total;
}

Variable joined(const Latent& latent, const std::vector<LatentPart>& parts) {
  Variables values;
  for (const LatentPart& part : parts) values.push_back(latent.part(part.name));
  return concat(values, 1);
}

}  // namespace saddle
