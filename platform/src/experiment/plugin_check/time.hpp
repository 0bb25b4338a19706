#pragma once

#include <functional>
#include <string>

namespace saddle::plugin_check {

// The median of a few calls, after one that warms up: "1.2 ms", "80 us". For reading, not for
// judging.
std::string median_time(const std::function<void()>& call);

}  // namespace saddle::plugin_check
