#include "base/short_number.hpp"

#include <cstdio>

namespace saddle {

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace saddle
