#pragma once

#include "plugin/catalog.hpp"

#include <cstdint>
#include <string>

namespace saddle {

// Runs two experiments again, side by side, from the last state that both of their files hold and
// that is the same in both, or from the beginning, up to the step `last`. Says after which step
// their states part, in which tensor and element, with both values; or that they do not. Throws
// what verify_run throws.
std::string replay(const std::string& first, const std::string& second, const Catalog& catalog,
                   std::int64_t last);

}  // namespace saddle
