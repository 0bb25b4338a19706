#pragma once

#include <saddle/base/error.hpp>
#include <saddle/tensor/tensor.hpp>

#include <string>

namespace saddle {

// Ops are called by plugins: a wrong shape is the plugin's mistake, not a bug of the platform.
inline void require(bool holds, const std::string& message) {
  if (!holds) throw PluginError(message);
}

}  // namespace saddle
