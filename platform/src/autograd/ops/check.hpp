#pragma once

#include <saddle/base/error.hpp>
#include <saddle/tensor/tensor.hpp>

#include <string>

namespace saddle {

inline std::string message_part(const std::string& text) { return text; }
inline std::string message_part(const Shape& shape) { return to_text(shape); }
inline std::string message_part(std::size_t number) { return std::to_string(number); }

// Ops are called by plugins: a wrong shape is the plugin's mistake, not a bug of the platform. The
// message is put together from its parts only where it is needed: it would cost more than a small
// op does.
template <class... Parts>
void require(bool holds, const Parts&... parts) {
  if (!holds) throw PluginError((message_part(parts) + ...));
}

}  // namespace saddle
