#include <saddle/base/schema.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>

namespace saddle {

Field::Field(std::string name, std::string doc, std::string type)
    : name_(std::move(name)), doc_(std::move(doc)), type_(std::move(type)) {}

Field& Field::range(double low, double high) {
  limits_.range = {low, high};
  return *this;
}

Field& Field::choices(std::vector<std::string> names) {
  limits_.choices = std::move(names);
  return *this;
}

Field& Field::unit(std::string unit) {
  unit_ = std::move(unit);
  return *this;
}

Field& Field::required() {
  required_ = true;
  return *this;
}

void Field::read(const Value& value, void* options, const std::string& where,
                 Problems& problems) const {
  // null restores the default, which is what the struct already holds.
  if (value.kind == Value::Kind::null) return;
  read_(value, options, {where, &limits_, &problems});
}

const Field* Schema::find(const std::string& name) const {
  for (const Field& field : fields_)
    if (field.name() == name) return &field;
  return nullptr;
}

Field& Schema::add(Field field) {
  if (find(field.name()))
    throw PluginError("Two options are called '" + field.name() +
                      "'. Give each a name of its own in describe().");
  fields_.push_back(std::move(field));
  return fields_.back();
}

void Schema::foreign_member(const std::string& name) {
  throw PluginError("Option '" + name +
                    "' is a member of a class that its options struct is not and does not derive "
                    "from. Describe members of the struct itself.");
}

namespace {

std::vector<std::string> known_names(const std::vector<Target>& targets) {
  std::vector<std::string> names;
  for (const Target& target : targets)
    for (const Field& field : target.schema->fields()) names.push_back(field.name());
  std::sort(names.begin(), names.end());
  return names;
}

void report_unknown(const Entry& entry, const std::vector<Target>& targets, const Subject& subject,
                    Problems& problems) {
  const std::vector<std::string> names = known_names(targets);
  std::string message = subject.name + " has no " + subject.noun + " '" + entry.key + "'." +
                        suggestion(entry.key, names);
  message += names.empty() ? " It takes none." : " It takes: " + join(names, ", ") + ".";
  problems.add(entry.key_mark, message);
}

void read_entry(const Entry& entry, const std::vector<Target>& targets, const Subject& subject,
                Problems& problems) {
  for (const Target& target : targets) {
    const Field* field = target.schema->find(entry.key);
    if (!field) continue;
    field->read(entry.value, target.options, subject.prefix + entry.key, problems);
    return;
  }
  report_unknown(entry, targets, subject, problems);
}

bool given(const Value& value, const std::string& name) {
  const Value* found = value.find(name);
  return found && found->kind != Value::Kind::null;
}

void check_presence(const Value& value, const Schema& schema, const Subject& subject,
                    Problems& problems) {
  std::vector<std::string> names, present;
  for (const Field& field : schema.fields()) {
    names.push_back(field.name());
    if (given(value, field.name()))
      present.push_back(field.name());
    else if (field.is_required())
      problems.add(value.mark,
                   subject.name + " needs '" + field.name() + "': " + field.doc() + ".");
  }
  if (schema.is_one_of() && present.size() != 1)
    problems.add(value.mark,
                 subject.name + ": expected exactly one of " + join(names, ", ") +
                     (present.empty() ? "." : ", found " + join(present, " and ") + "."));
}

// The names of the choices of a one-of mapping that are mappings themselves.
std::vector<std::string> choices_of(const Schema& schema) {
  std::vector<std::string> names;
  for (const Field& field : schema.fields())
    if (schema.is_one_of() && field.nested()) names.push_back(field.name());
  return names;
}

// `simultaneous` for `{simultaneous: {}}`.
void read_choice(const Value& value, const Target& target, const Subject& subject,
                 Problems& problems) {
  const std::vector<std::string> names = choices_of(*target.schema);
  if (std::find(names.begin(), names.end(), value.text) == names.end()) {
    problems.add(value.mark, subject.name + ": expected one of " + join(names, ", ") + ", found " +
                                 describe(value) + "." + suggestion(value.text, names));
    return;
  }
  Value settings = Value::mapping();
  settings.mark = value.mark;
  target.schema->find(value.text)
      ->read(settings, target.options, subject.prefix + value.text, problems);
}

}  // namespace

void read_mapping(const Value& value, const std::vector<Target>& targets, const Subject& subject,
                  Problems& problems, const std::vector<std::string>& ignored) {
  if (value.kind == Value::Kind::scalar && !targets[0].schema->shorthand().empty()) {
    const Field* field = targets[0].schema->find(targets[0].schema->shorthand());
    return field->read(value, targets[0].options, subject.name, problems);
  }
  if (value.kind == Value::Kind::scalar && !choices_of(*targets[0].schema).empty())
    return read_choice(value, targets[0], subject, problems);
  if (value.kind != Value::Kind::mapping) {
    problems.add(value.mark, subject.name + ": expected a mapping, found " + describe(value) + ".");
    return;
  }
  for (const Entry& entry : value.entries)
    if (std::find(ignored.begin(), ignored.end(), entry.key) == ignored.end())
      read_entry(entry, targets, subject, problems);
  for (const Target& target : targets) check_presence(value, *target.schema, subject, problems);
}

Value write_mapping(const Schema& schema, const void* options) {
  Value mapping = Value::mapping();
  for (const Field& field : schema.fields()) {
    Value value = field.write(options);
    // In a one-of mapping only the chosen key stands.
    if (schema.is_one_of() && value.kind == Value::Kind::null) continue;
    mapping.set(field.name(), std::move(value));
  }
  return mapping;
}

}  // namespace saddle
