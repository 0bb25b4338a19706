#pragma once

#include "report/comparison.hpp"

#include <string>
#include <vector>

namespace saddle {

// What a star behind a value says, and who the values are of.
inline constexpr char kFlagged = '*';
inline constexpr char kTableNote[] =
    "The last values; of several runs their mean and standard deviation, of those that came to "
    "their end. In brackets how many had a value, where some had none.";
inline constexpr char kFlaggedNote[] = " A star: flagged in some run, see saddle show.";

// A comparison as readers see it: for each metric a head and a line for each group, with what tells
// it from the others, its runs, and of each series the mean and, of several runs, the standard
// deviation.
struct ComparisonTable {
  std::string name;
  std::vector<std::vector<std::string>> lines;  // the head first
  bool flagged;
};
std::vector<ComparisonTable> comparison_tables(const Comparison& comparison);

}  // namespace saddle
