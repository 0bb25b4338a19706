#pragma once

#include "cli/any_plugin.hpp"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace saddle::cli {

// A JSON schema (draft 7) of a spec that uses these plugins, as YAML editors read it.
nlohmann::ordered_json spec_json_schema(const std::vector<AnyPlugin>& plugins);

}  // namespace saddle::cli
