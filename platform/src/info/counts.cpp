#include "info/counts.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <cmath>

namespace saddle::info {

CountTable::CountTable(const std::vector<double>& counts) {
  for (const double count : counts) {
    if (!(count >= 0 && count == std::floor(count) && std::isfinite(count)))
      throw PluginError("an entropy of counts needs whole numbers from 0, found " +
                        number_text(count) + ".");
    if (count == 0) continue;
    ++symbols[count];
    ++seen;
    total += count;
  }
}

}  // namespace saddle::info
