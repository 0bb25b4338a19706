#pragma once

#include <saddle/base/schema.hpp>

#include <string>
#include <vector>

namespace saddle::cli {

// One option as a reader meets it; nested ones are called by their path: "train.stop_when.below",
// and "<name>" stands for a key of the user's choice.
struct Option {
  std::string path;
  Field field;
  std::string default_text;  // as one would write it in a spec, or "required"
};

// Every option of a schema, the nested ones after the mapping that holds them.
std::vector<Option> list_options(const Schema& schema);

}  // namespace saddle::cli
