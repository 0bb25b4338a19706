#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/spec.hpp"
#include "experiment/spec_layers.hpp"
#include "experiment/spec_sections.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace saddle {
namespace {

// What is wrong with a section that names no plugin.
std::string without_plugin(const std::string& kind, const Value& section) {
  std::vector<std::string> keys;
  for (const Entry& entry : section.entries) keys.push_back(entry.key);
  std::string text = kind + ": expected a mapping with 'plugin', found ";
  if (section.find("plugin")) return text + describe(*section.find("plugin")) + " as its name.";
  if (keys.empty()) return text + describe(section) + ".";
  text += "one of " + join(keys, ", ") + ".";
  for (const std::string& key : keys)
    if (!suggestion(key, {"plugin"}).empty()) text += " '" + key + "': did you mean 'plugin'?";
  return text;
}

// Reads the sections that name plugins, and keeps what is wrong with the plugins apart from what is
// wrong with the spec.
class PluginReader {
 public:
  PluginReader(const Catalog& catalog, std::string source, std::string folder, Problems& problems)
      : catalog_(catalog),
        source_(source),
        folder_(std::move(folder)),
        problems_(problems),
        unusable_(source) {}

  // `common` are the options that belong to the host, beside the plugin's own.
  template <class Kind>
  OpenPlugin<Kind> read(const char* kind, const Value& section, std::vector<Target> common = {}) {
    OpenPlugin<Kind> plugin{};
    const Value* name = section.find("plugin");
    if (!name || name->kind != Value::Kind::scalar) {
      problems_.add(section.mark, without_plugin(kind, section));
      return plugin;
    }
    try {
      plugin = open_plugin<Kind>(catalog_.find(kind, name->text, folder_of(name->mark)));
      plugin.place = place_text(source_, section.mark);
    } catch (const PluginError& error) {
      unusable_.add(name->mark, error.what());
      return plugin;
    }
    std::vector<std::string> ignored;
    if (common.empty()) ignored.emplace_back("plugin");
    common.push_back({&plugin.factory->schema, plugin.options.get()});
    const std::string who = plugin.described();
    read_mapping(section, common, {who, "option", who + " "}, problems_, ignored);
    return plugin;
  }

  // Throws what was found: the spec's mistakes first, since they are the nearer to mend.
  void finish() const {
    if (unusable_.empty()) return problems_.throw_if_any();
    if (problems_.empty()) throw PluginError(unusable_.report());
    throw SpecError(problems_.report() + "\n" + unusable_.report());
  }

 private:
  // Libraries lie relative to the file that names them; the command line counts as the spec.
  std::string folder_of(const Mark& mark) const {
    namespace fs = std::filesystem;
    return mark.source && mark.line > 0 ? fs::absolute(*mark.source).parent_path().string()
                                        : folder_;
  }

  const Catalog& catalog_;
  std::string source_, folder_;
  Problems& problems_;
  Problems unusable_;
};

// What a term is called that the spec gives no name: its plugin, even where that was not found.
template <class Kind>
std::string name_of(const OpenPlugin<Kind>& plugin, const Value& section) {
  const Value* const given = section.find("plugin");
  const bool is_name = given && given->text.find('/') == std::string::npos;
  return plugin.note.name.empty() && is_name ? given->text : plugin.note.name;
}

// A list of plugins with options of the host.
template <class Kind, class Use>
std::vector<Use> read_list(const char* kind, const Value& list, PluginReader& reader,
                           Problems& problems) {
  std::vector<Use> uses;
  if (list.kind == Value::Kind::null) return uses;
  if (list.kind != Value::Kind::sequence) {
    problems.add(list.mark, std::string(kind) +
                                ": expected a list of mappings with 'plugin', found " +
                                describe(list) + ".");
    return uses;
  }
  const Schema schema = Schema::of<decltype(Use::spec)>();
  for (const Value& item : list.items) {
    Use use;
    use.plugin = reader.read<Kind>(kind, item, {{&schema, &use.spec}});
    if (use.spec.name.empty()) use.spec.name = name_of(use.plugin, item);
    uses.push_back(std::move(use));
  }
  return uses;
}

template <class Use>
std::vector<std::string> names_of(const std::vector<Use>& uses) {
  std::vector<std::string> names;
  for (const Use& use : uses) names.push_back(use.spec.name);
  return names;
}

std::vector<Schedule> weights_of(const std::vector<Term>& terms) {
  std::vector<Schedule> weights;
  for (const Term& term : terms) weights.push_back(term.spec.weight);
  return weights;
}

// What is written out: the spec with its defaults, or the same plugins with nothing but defaults.
enum class Options { given, defaults };

template <class Kind>
void write_options(const OpenPlugin<Kind>& plugin, Options which, Value& mapping) {
  const Schema& schema = plugin.factory->schema;
  const Value options =
      which == Options::given ? write_mapping(schema, plugin.options.get()) : schema.defaults();
  for (const Entry& entry : options.entries) mapping.set(entry.key, entry.value);
}

// A path is written whole, so that it means the same wherever the resolved spec is read.
Value plugin_value(const std::string& given, const PluginNote& note) {
  const bool is_path = given.find('/') != std::string::npos;
  return Value::scalar(is_path ? std::filesystem::absolute(note.path).string() : given);
}

template <class Kind>
Value write_plugin(const OpenPlugin<Kind>& plugin, const Value& section, Options which) {
  Value mapping = Value::mapping();
  mapping.set("plugin", plugin_value(section.find("plugin")->text, plugin.note));
  write_options(plugin, which, mapping);
  return mapping;
}

template <class Use>
Value write_list(const std::vector<Use>& uses, Options which) {
  std::vector<Value> items;
  for (const Use& use : uses) {
    decltype(Use::spec) spec;
    if (which == Options::given) spec = use.spec;
    spec.plugin = plugin_value(use.spec.plugin, use.plugin.note).text;
    spec.name = use.spec.name;
    Value item = write_mapping(Schema::of<decltype(Use::spec)>(), &spec);
    write_options(use.plugin, which, item);
    items.push_back(std::move(item));
  }
  return Value::sequence(std::move(items));
}

std::string write_spec(const Spec& spec, const SpecSections& read, Options which) {
  SpecSections sections;
  if (which == Options::given) sections = read;
  sections.name = read.name;
  sections.dataset = write_plugin(spec.dataset, read.dataset, which);
  sections.generator = write_plugin(spec.generator, read.generator, which);
  sections.discriminator = write_plugin(spec.discriminator, read.discriminator, which);
  sections.losses = write_list(spec.losses, which);
  sections.metrics = write_list(spec.metrics, which);
  // Both players stand in the resolved optimizer, before the terms.
  Named<OptimizerChoice> all;
  for (const char* player : {"discriminator", "generator"})
    all.emplace_back(player, sections.train.optimizer_of(player));
  for (const auto& entry : sections.train.optimizer)
    if (entry.first != "discriminator" && entry.first != "generator") all.push_back(entry);
  sections.train.optimizer = std::move(all);
  return write_yaml(write_mapping(Schema::of<SpecSections>(), &sections));
}

// Where the layers of a spec come from.
struct Origin {
  std::string path;  // for messages
  std::string folder;
};

void take_values(const SpecSections& sections, Spec& spec) {
  spec.name = sections.name;
  spec.seed = sections.seed;
  spec.threads = sections.threads;
  spec.latent = sections.latent;
  spec.train = sections.train;
  spec.log = sections.log;
  spec.resolved = write_spec(spec, sections, Options::given);
  spec.defaults = write_spec(spec, sections, Options::defaults);
}

Spec make_spec(LayeredSpec layers, const Origin& origin, const Catalog& catalog,
               const std::vector<std::string>& overrides) {
  const Schema schema = Schema::of<SpecSections>();
  const Value& root = layers.root;
  Problems problems(origin.path);
  SpecSections sections;
  sections.name = std::filesystem::path(origin.path).stem().string();
  read_mapping(root, {{&schema, &sections}}, {"the spec", "key", ""}, problems);
  check_sections(sections, root, problems);

  Spec spec;
  spec.folder = origin.folder;
  spec.source = std::move(layers.source);
  spec.bases = std::move(layers.bases);
  spec.overrides = overrides;
  PluginReader reader(catalog, origin.path, spec.folder, problems);
  const auto given = [&](const char* key) { return root.find(key) != nullptr; };
  if (given("dataset")) spec.dataset = reader.read<kinds::dataset>("dataset", sections.dataset);
  if (given("generator"))
    spec.generator = reader.read<kinds::generator>("generator", sections.generator);
  if (given("discriminator"))
    spec.discriminator = reader.read<kinds::discriminator>("discriminator", sections.discriminator);
  spec.losses = read_list<kinds::loss, Term>("loss", sections.losses, reader, problems);
  spec.metrics = read_list<kinds::metric, MetricUse>("metric", sections.metrics, reader, problems);
  check_names("losses", names_of(spec.losses), sections.losses, problems);
  check_weights(weights_of(spec.losses), sections.losses, problems);
  check_names("metrics", names_of(spec.metrics), sections.metrics, problems);
  check_optimizers(sections.train, names_of(spec.losses), root, problems);
  reader.finish();

  spec.shown = origin.path;
  spec.root = std::move(layers.root);
  take_values(sections, spec);
  return spec;
}

}  // namespace

Spec read_spec(const std::string& path, const Catalog& catalog,
               const std::vector<std::string>& overrides) {
  namespace fs = std::filesystem;
  const auto folder_of = [](const std::string& file) {
    return fs::absolute(file).parent_path().string();
  };
  Spec spec = make_spec(read_layers(path, overrides, Schema::of<SpecSections>()),
                        {path, folder_of(path)}, catalog, overrides);
  for (const auto& [base, text] : spec.bases) spec.base_folders.push_back(folder_of(base));
  return spec;
}

Spec read_stored_spec(const StoredSpec& stored, const Catalog& catalog,
                      const std::vector<std::string>& overrides) {
  Spec spec = make_spec(
      read_layers_of_text(stored.resolved, stored.shown, overrides, Schema::of<SpecSections>()),
      {stored.shown, stored.folder}, catalog, overrides);
  spec.source = stored.source;
  spec.base_folders = stored.base_folders;
  return spec;
}

}  // namespace saddle
