#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace saddle {

// Numbers of any stored type, row major.
struct NumberArray {
  std::vector<std::uint64_t> shape;
  std::vector<double> values;
};

// "[60000, 784]".
std::string shape_text(const std::vector<std::uint64_t>& shape);

}  // namespace saddle
