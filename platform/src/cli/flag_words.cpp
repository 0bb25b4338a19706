#include "cli/flag_words.hpp"

#include "base/text.hpp"

#include <cstdint>
#include <sstream>
#include <vector>

namespace saddle::cli {

std::string flag_words(double flags, const std::string& definition) {
  constexpr double kMost = 9007199254740992.0;  // 2^53
  const std::string begin = "sum of ";
  if (definition.compare(0, begin.size(), begin) != 0 || !(flags >= 0 && flags < kMost)) return "";
  std::istringstream legend(definition.substr(begin.size()));
  std::vector<std::string> known, set;
  std::int64_t number = 0;
  for (std::string word; legend >> number >> word; known.push_back(word))
    if ((static_cast<std::int64_t>(flags) & number) != 0) set.push_back(word);
  // "sum of squares" is no legend.
  if (known.empty()) return "";
  return set.empty() ? "-" : join(set, "+");
}

}  // namespace saddle::cli
