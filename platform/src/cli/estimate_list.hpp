#pragma once

#include <string>

namespace saddle::cli {

// What is there to choose from, of one quantity or, where it is empty, of all.
void print_estimators(const std::string& quantity);
// The same as {"estimators": [...]}.
void print_estimators_json(const std::string& quantity);

}  // namespace saddle::cli
