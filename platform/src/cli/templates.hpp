#pragma once

#include <string>

namespace saddle::cli {

// The smallest plugin of a kind that does something, with @Class@, @name@, @kind@ and @stem@ to be
// filled in.
std::string plugin_template(const std::string& kind);
// The CMakeLists.txt beside it.
std::string project_template();

}  // namespace saddle::cli
