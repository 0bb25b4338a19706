#pragma once

#include <cstddef>

namespace saddle {

// The number of threads that share the output of an op. No result depends on it.
void set_threads(std::size_t count);
std::size_t threads();

}  // namespace saddle
