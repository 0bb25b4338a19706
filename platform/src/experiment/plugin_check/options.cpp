#include "experiment/plugin_check/options.hpp"

#include "base/text.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace saddle::plugin_check {
namespace {

// What the checks of options need of a plugin of any kind.
struct AnyOptions {
  const Schema* schema;
  std::shared_ptr<void> given;
  std::function<std::shared_ptr<void>()> defaults;
};

template <class Kind>
AnyOptions open_options(const Candidate& candidate) {
  const OpenPlugin<Kind> plugin = open_candidate<Kind>(candidate);
  return {&plugin.factory->schema, plugin.options, plugin.factory->default_options};
}

AnyOptions open_any(const Candidate& candidate) {
  const std::string& kind = candidate.note.kind;
  if (kind == "generator") return open_options<kinds::generator>(candidate);
  if (kind == "discriminator") return open_options<kinds::discriminator>(candidate);
  if (kind == "loss") return open_options<kinds::loss>(candidate);
  if (kind == "metric") return open_options<kinds::metric>(candidate);
  return open_options<kinds::dataset>(candidate);
}

// One "key=value".
Entry parse_option(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == 0 || at == std::string::npos)
    throw SpecError("--set " + text + ": expected KEY=VALUE.");
  return {text.substr(0, at), {}, parse_yaml(text.substr(at + 1), "--set " + text)};
}

// Mistakes in the description of a schema and of those nested in it, as "path: what".
void find_mistakes(const Schema& schema, const std::string& prefix,
                   std::vector<std::string>& mistakes) {
  std::set<std::string> names;
  for (const Field& field : schema.fields()) {
    const std::string path = prefix + field.name();
    if (!names.insert(field.name()).second)
      mistakes.push_back("option '" + path + "' is described twice");
    if (field.doc().empty()) mistakes.push_back("option '" + path + "' has no doc");
    if (field.nested()) find_mistakes(*field.nested(), path + ".", mistakes);
  }
}

}  // namespace

void read_options(const Schema& schema, void* options, const std::vector<std::string>& texts,
                  const std::string& plugin) {
  std::vector<std::string> names;
  for (const Field& field : schema.fields()) names.push_back(field.name());
  for (const std::string& text : texts) {
    const Entry entry = parse_option(text);
    const Field* field = schema.find(entry.key);
    if (!field)
      throw SpecError("--set " + text + ": " + plugin + " has no option '" + entry.key + "'." +
                      suggestion(entry.key, names) + " It takes " +
                      (names.empty() ? "none" : join(names, ", ")) + ".");
    Problems problems("--set " + text);
    field->read(entry.value, options, plugin + " " + entry.key, problems);
    problems.throw_if_any();
  }
}

std::string missing_options(const Candidate& candidate) {
  const AnyOptions options = open_any(candidate);
  std::set<std::string> given;
  for (const std::string& text : candidate.options) given.insert(parse_option(text).key);
  std::vector<std::string> missing;
  for (const Field& field : options.schema->fields())
    if (field.is_required() && given.count(field.name()) == 0) missing.push_back(field.name());
  if (missing.empty()) return "";
  return std::string("needs the option") + (missing.size() > 1 ? "s " : " ") + join(missing, ", ");
}

Outcome check_options(const Candidate& candidate) {
  const AnyOptions options = open_any(candidate);
  const Schema& schema = *options.schema;
  std::vector<std::string> mistakes;
  find_mistakes(schema, "", mistakes);
  const std::shared_ptr<void> first = options.defaults(), second = options.defaults();
  Problems problems("default");
  const Value written = write_mapping(schema, first.get());
  for (const Field& field : schema.fields()) {
    // A required option has no default to be judged.
    if (field.is_required()) continue;
    const Value* value = written.find(field.name());
    if (value) field.read(*value, second.get(), field.name(), problems);
  }
  if (!problems.empty()) mistakes.push_back(join(split_lines(problems.report()), "; "));
  if (write_yaml(write_mapping(schema, second.get())) != write_yaml(written))
    mistakes.emplace_back("the defaults, written and read back, are not the same");
  if (!mistakes.empty()) return failed(join(mistakes, "; "));
  const std::size_t count = schema.fields().size();
  if (count == 0) return ok("takes none");
  return ok(counted(count, "option"));
}

}  // namespace saddle::plugin_check
