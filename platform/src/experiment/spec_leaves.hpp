#pragma once

#include <saddle/base/value.hpp>

#include <string>
#include <utility>
#include <vector>

namespace saddle {

// The values of a spec by their paths, as --set names them: "losses.r1.gamma" and "10". Lists whose
// items have no name are one value, in one line; a choice such as {adam: {...}} has its key as its
// own value, and {constant: 0.1} is that value.
std::vector<std::pair<std::string, std::string>> spec_leaves(const Value& spec);

}  // namespace saddle
