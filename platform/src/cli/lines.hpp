#pragma once

#include <string>
#include <vector>

namespace saddle::cli {

// Lines of as many cells each, in columns: the first and the last to the left, numbers between them
// to the right.
std::string lines_text(const std::vector<std::vector<std::string>>& lines);

}  // namespace saddle::cli
