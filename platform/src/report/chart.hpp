#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

// A line of a chart. Values that are not finite break it.
struct ChartLine {
  std::string classes;  // of the page's style, as "c0"
  std::vector<double> x, y;
  std::vector<double> error;     // half the height of a band about the line; one for each, or none
  std::vector<double> baseline;  // a dashed line; one for each, or none
  std::vector<bool> flagged;     // a ring about the point; one for each, or none
};

// Lines over steps as SVG, with ticks at round numbers. The vertical axis is logarithmic where
// `may_be_log`, all values are above 0, and the largest is more than ten times the smallest.
std::string chart(const std::vector<ChartLine>& lines, bool may_be_log);

// Round numbers within [low, high], some `count` of them: 1, 2 or 5 times a power of ten apart.
std::vector<double> round_ticks(double low, double high, std::size_t count);

}  // namespace saddle
