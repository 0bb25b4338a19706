#pragma once

#include <saddle/base/problems.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/base/value.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// A spec put together from its layers: the files that it extends, lowest first, itself, and what
// the command line sets.
struct LayeredSpec {
  Value root;
  std::string source;  // the text of the spec itself
  // Path and text of each file that it extends, the nearest first.
  std::vector<std::pair<std::string, std::string>> bases;
};

// Reads the spec at `path`, lays it over the file that its key `extends` names, if any, and lays
// the overrides, each "train.steps=100" with a YAML value, over both. `schema` is that of a spec.
// Marks name the layer where a value stands. Throws SpecError.
LayeredSpec read_layers(const std::string& path, const std::vector<std::string>& overrides,
                        const Schema& schema);

// The same of one text.
LayeredSpec read_layers_of_text(const std::string& text, const std::string& shown,
                                const std::vector<std::string>& overrides, const Schema& schema);

// Lays one tree over another. Mappings are merged key by key; all else is replaced, and so is a
// mapping that names another plugin or makes another choice. A mapping over a list changes the
// items that its keys name, by `name`, `plugin` or number from 0; null takes an item away.
void overlay(Value& under, const Value& over, const Schema* schema, Problems& problems);

// What names an item of a list: its `name`, else its `plugin`, else its number from 0.
std::string item_name(const Value& item, std::size_t index);

}  // namespace saddle
