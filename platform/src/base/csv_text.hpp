#pragma once

#include <string>
#include <vector>

// Fields of comma-separated values as they are written (RFC 4180).
namespace saddle {

// A text, in quotes where it needs them.
std::string csv_field(const std::string& text);
// A number that reads back as itself; inf, -inf, and nothing for NaN.
std::string csv_field(double value);
// Fields as a line.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace saddle
