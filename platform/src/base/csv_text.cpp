#include "base/csv_text.hpp"

#include "base/text.hpp"

#include <cmath>

namespace saddle {

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_field(double value) {
  if (std::isnan(value)) return "";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return number_text(value);
}

std::string csv_line(const std::vector<std::string>& fields) { return join(fields, ",") + "\n"; }

}  // namespace saddle
