#include "cli/option_list.hpp"

#include "base/text.hpp"

namespace saddle::cli {
namespace {

// A value as one would write it in a spec.
std::string spec_text(const Value& value) {
  std::vector<std::string> parts;
  switch (value.kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::scalar:
      return value.text.empty() ? "\"\"" : value.text;
    case Value::Kind::sequence:
      for (const Value& item : value.items) parts.push_back(spec_text(item));
      return "[" + join(parts, ", ") + "]";
    case Value::Kind::mapping:
      break;
  }
  for (const Entry& entry : value.entries)
    parts.push_back(entry.key + ": " + spec_text(entry.value));
  return "{" + join(parts, ", ") + "}";
}

// `defaults` are those of the mapping that holds the options, which may differ from the schema's.
void add_options(const Schema& schema, const Value& defaults, const std::string& prefix,
                 std::vector<Option>& options) {
  for (const Field& field : schema.fields()) {
    const Value* value = defaults.find(field.name());
    const std::string path = prefix + field.name();
    options.push_back(
        {path, field, field.is_required() ? "required" : spec_text(value ? *value : Value{})});
    if (!field.nested()) continue;
    const bool is_given = value && value->kind == Value::Kind::mapping && !field.is_named();
    add_options(*field.nested(), is_given ? *value : field.nested()->defaults(),
                path + (field.is_named() ? ".<name>." : "."), options);
  }
}

}  // namespace

std::vector<Option> list_options(const Schema& schema) {
  std::vector<Option> options;
  add_options(schema, schema.defaults(), "", options);
  return options;
}

}  // namespace saddle::cli
