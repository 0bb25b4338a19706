#include "cli/number.hpp"

#include "base/text.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace saddle::cli {

// number_text writes infinities as YAML does.
std::string plain_number(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return number_text(value);
}

nlohmann::ordered_json json_number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return plain_number(value);
  return value;
}

}  // namespace saddle::cli
