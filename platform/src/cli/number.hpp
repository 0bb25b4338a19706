#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace saddle::cli {

// For readers: the shortest text that reads back as this number, "inf" or "-inf".
std::string plain_number(double value);
// For scripts. JSON has neither infinities, which are "inf" and "-inf", nor NaN, which is null.
nlohmann::ordered_json json_number(double value);
// The same for readers of the help of --json.
inline constexpr char kJsonHelp[] =
    "print one JSON object; infinite numbers are \"inf\" and \"-inf\", and NaN is null";

}  // namespace saddle::cli
