#include "cli/json_schema.hpp"

#include "experiment/spec_sections.hpp"

#include <nlohmann/json.hpp>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

ordered_json mapping_schema(const Schema& schema);

// The schema of a field's type by the name that FieldType gives it.
ordered_json type_schema(const std::string& type, const Field& field) {
  const std::string list = "list of ", named = "mapping of names to ";
  if (starts_with(type, list))
    return {{"type", "array"}, {"items", type_schema(type.substr(list.size()), field)}};
  if (starts_with(type, named))
    return {{"type", "object"},
            {"additionalProperties", type_schema(type.substr(named.size()), field)}};
  if (type == "mapping")
    return field.nested() ? mapping_schema(*field.nested()) : ordered_json::object();
  if (type == "true or false") return {{"type", "boolean"}};
  if (type == "text") {
    ordered_json text = {{"type", {"string", "number"}}};
    if (!field.limits().choices.empty()) text = {{"enum", field.limits().choices}};
    return text;
  }
  ordered_json number = {{"type", type}};
  if (field.limits().range) {
    number["minimum"] = field.limits().range->first;
    number["maximum"] = field.limits().range->second;
  }
  return number;
}

// null restores the default everywhere.
ordered_json field_schema(const Field& field) {
  const std::string unit = field.unit().empty() ? "" : " [" + field.unit() + "]";
  return {{"description", field.doc() + unit},
          {"anyOf", {type_schema(field.type(), field), {{"type", "null"}}}}};
}

ordered_json properties_of(const Schema& schema) {
  ordered_json properties = ordered_json::object();
  for (const Field& field : schema.fields()) properties[field.name()] = field_schema(field);
  return properties;
}

ordered_json required_of(const Schema& schema) {
  ordered_json names = ordered_json::array();
  for (const Field& field : schema.fields())
    if (field.is_required()) names.push_back(field.name());
  return names;
}

// A choice with its defaults may stand as its name alone.
ordered_json choice_schema(const Schema& schema, const ordered_json& mapping) {
  ordered_json names = ordered_json::array();
  for (const Field& field : schema.fields())
    if (field.nested() && required_of(*field.nested()).empty()) names.push_back(field.name());
  if (names.empty()) return mapping;
  return {{"anyOf", {{{"enum", names}}, mapping}}};
}

ordered_json mapping_schema(const Schema& schema) {
  ordered_json mapping = {{"type", "object"},
                          {"properties", properties_of(schema)},
                          {"required", required_of(schema)},
                          {"additionalProperties", false}};
  if (schema.is_one_of()) mapping["minProperties"] = mapping["maxProperties"] = 1;
  if (schema.is_one_of() && schema.shorthand().empty()) return choice_schema(schema, mapping);
  if (schema.shorthand().empty()) return mapping;
  const Field* field = schema.find(schema.shorthand());
  return {{"anyOf", {type_schema(field->type(), *field), mapping}}};
}

// A spec that stands alone, or one that says what differs from another.
enum class Form { whole, changes };

ordered_json options_schema(const AnyPlugin& plugin, const Schema& host, Form form) {
  ordered_json properties = properties_of(host);
  properties.update(properties_of(*plugin.schema));
  properties["plugin"] = {{"description", plugin.note.doc}};
  ordered_json options = {{"properties", properties}, {"additionalProperties", false}};
  if (form == Form::whole) options["required"] = required_of(*plugin.schema);
  return options;
}

// A section that names a plugin: the options follow from the name. A library's path is allowed too,
// and its options are not known here; nor are they where the name stands in another spec.
ordered_json plugin_schema(const std::string& kind, const std::vector<AnyPlugin>& plugins,
                           const Schema& host, Form form) {
  const ordered_json required = ordered_json::array({"plugin"});
  ordered_json names = ordered_json::array(), cases = ordered_json::array();
  for (const AnyPlugin& plugin : plugins) {
    if (plugin.note.kind != kind) continue;
    names.push_back(plugin.note.name);
    cases.push_back(
        {{"if",
          {{"properties", {{"plugin", {{"const", plugin.note.name}}}}}, {"required", required}}},
         {"then", options_schema(plugin, host, form)}});
  }
  const ordered_json name = {
      {"anyOf", {{{"enum", names}}, {{"type", "string"}, {"pattern", "/"}}}}};
  ordered_json section = {{"type", "object"}, {"properties", {{"plugin", name}}}, {"allOf", cases}};
  if (form == Form::whole) section["required"] = required;
  return section;
}

// A list of plugins, or changes by the names of its items, which are those of their plugins where
// the spec does not say otherwise.
ordered_json list_schema(const std::string& kind, const std::vector<AnyPlugin>& plugins,
                         const Schema& host, Form form) {
  const ordered_json list = {{"type", "array"},
                             {"items", plugin_schema(kind, plugins, host, form)}};
  if (form == Form::whole) return list;
  ordered_json by_name = ordered_json::object();
  for (const AnyPlugin& plugin : plugins)
    if (plugin.note.kind == kind) by_name[plugin.note.name] = options_schema(plugin, host, form);
  return {{"anyOf", {list, {{"type", "object"}, {"properties", by_name}}}}};
}

ordered_json plugins_schema(const std::vector<AnyPlugin>& plugins, Form form) {
  ordered_json sections = ordered_json::object();
  for (const char* kind : {"dataset", "generator", "discriminator"})
    sections[kind] = plugin_schema(kind, plugins, Schema{}, form);
  sections["losses"] = list_schema("loss", plugins, Schema::of<TermSpec>(), form);
  sections["metrics"] = list_schema("metric", plugins, Schema::of<MetricSpec>(), form);
  return {{"properties", sections}};
}

}  // namespace

ordered_json spec_json_schema(const std::vector<AnyPlugin>& plugins) {
  const Schema sections = Schema::of<SpecSections>();
  ordered_json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                         {"title", "a Saddle experiment"}};
  // What it extends may give what is missing here.
  schema.update({{"type", "object"},
                 {"properties", properties_of(sections)},
                 {"additionalProperties", false},
                 {"if", {{"required", ordered_json::array({"extends"})}}},
                 {"then", plugins_schema(plugins, Form::changes)},
                 {"else", plugins_schema(plugins, Form::whole)}});
  for (const char* section : {"dataset", "generator", "discriminator", "losses", "metrics"})
    schema["properties"][section] = ordered_json::object();
  return schema;
}

}  // namespace saddle::cli
