#pragma once

#include <string>

namespace saddle {

// A text as JSON has it, in quotes; bytes that are no UTF-8 are replaced.
std::string json_quoted(const std::string& text);

}  // namespace saddle
