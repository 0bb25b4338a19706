#pragma once

#include <string>

namespace saddle {

// A number for readers, in four digits.
std::string short_number(double value);

}  // namespace saddle
