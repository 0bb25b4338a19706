#include "experiment/spec_leaves.hpp"

#include "experiment/spec_layers.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>

namespace saddle {
namespace {

using Leaves = std::vector<std::pair<std::string, std::string>>;

bool has_named_items(const Value& value) {
  return value.kind == Value::Kind::sequence && !value.items.empty() &&
         std::all_of(value.items.begin(), value.items.end(),
                     [](const Value& item) { return item.find("plugin") != nullptr; });
}

// The only entry of a mapping.
const Entry* only_entry(const Value& value) {
  return value.kind == Value::Kind::mapping && value.entries.size() == 1 ? &value.entries.front()
                                                                         : nullptr;
}

void collect(const std::string& path, const Value& value, Leaves& leaves) {
  const std::string prefix = path.empty() ? "" : path + ".";
  const Entry* const only = only_entry(value);
  if (only && only->key == "constant") return collect(path, only->value, leaves);
  if (only && only->value.kind == Value::Kind::mapping) leaves.emplace_back(path, only->key);
  if (value.kind == Value::Kind::mapping && !value.entries.empty()) {
    for (const Entry& entry : value.entries) collect(prefix + entry.key, entry.value, leaves);
  } else if (has_named_items(value)) {
    for (std::size_t i = 0; i < value.items.size(); ++i)
      collect(prefix + item_name(value.items[i], i), value.items[i], leaves);
  } else {
    const bool is_text = value.kind == Value::Kind::scalar;
    leaves.emplace_back(path, is_text ? value.text : write_yaml_line(value));
  }
}

}  // namespace

Leaves spec_leaves(const Value& spec) {
  Leaves leaves;
  collect("", spec, leaves);
  return leaves;
}

}  // namespace saddle
