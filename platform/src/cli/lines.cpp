#include "cli/lines.hpp"

#include <algorithm>

namespace saddle::cli {
namespace {

// Characters of UTF-8.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

std::string lines_text(const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widest(lines.front().size(), 0);
  for (std::size_t column = 0; column < widest.size(); ++column)
    for (const std::vector<std::string>& line : lines)
      widest[column] = std::max(widest[column], width(line[column]));
  std::string text;
  for (const std::vector<std::string>& cells : lines) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const std::string space(widest[column] - width(cells[column]), ' ');
      // Names and flags stand to the left, numbers to the right.
      const bool left = column == 0 || column + 1 == cells.size();
      line += (column > 0 ? "  " : "") + (left ? cells[column] + space : space + cells[column]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace saddle::cli
