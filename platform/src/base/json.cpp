#include "base/json.hpp"

#include <nlohmann/json.hpp>

namespace saddle {

std::string json_quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace saddle
