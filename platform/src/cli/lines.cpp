#include "cli/lines.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace saddle::cli {
std::string lines_text(const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widest(lines.front().size(), 0);
  for (std::size_t column = 0; column < widest.size(); ++column)
    for (const std::vector<std::string>& line : lines)
      widest[column] = std::max(widest[column], character_count(line[column]));
  std::string text;
  for (const std::vector<std::string>& cells : lines) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const std::string space(widest[column] - character_count(cells[column]), ' ');
      // Names and flags stand to the left, numbers to the right.
      const bool left = column == 0 || column + 1 == cells.size();
      line += (column > 0 ? "  " : "") + (left ? cells[column] + space : space + cells[column]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace saddle::cli
