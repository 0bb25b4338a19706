#pragma once

#include <string>

namespace saddle::cli {

// The flags of a value of a series with the definition "sum of 1 negative 2 saturated", as
// "negative+saturated", or "-" where none is set. "" for definitions of another form, and for
// values that are no such sum.
std::string flag_words(double flags, const std::string& definition);

}  // namespace saddle::cli
