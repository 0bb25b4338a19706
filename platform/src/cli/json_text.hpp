#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace saddle::cli {

// JSON over lines; bytes of names that are no UTF-8 are replaced.
std::string json_text(const nlohmann::ordered_json& value);

}  // namespace saddle::cli
