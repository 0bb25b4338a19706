#include "experiment/spec_layers.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/source_text.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace saddle {
namespace {

namespace fs = std::filesystem;

const std::string* scalar_at(const Value& mapping, const std::string& key) {
  const Value* value = mapping.find(key);
  return value && value->kind == Value::Kind::scalar ? &value->text : nullptr;
}

bool names_another_plugin(const Value& under, const Value& over) {
  const std::string *before = scalar_at(under, "plugin"), *after = scalar_at(over, "plugin");
  return before && after && *before != *after;
}

bool makes_another_choice(const Value& under, const Value& over, const Schema* schema) {
  return schema && schema->is_one_of() &&
         std::none_of(over.entries.begin(), over.entries.end(),
                      [&](const Entry& entry) { return under.find(entry.key) != nullptr; });
}

void overlay_list(Value& under, const Value& over, Problems& problems) {
  if (over.entries.empty())
    problems.add(over.mark, "an empty mapping changes no item of a list. To empty it, write [].");
  std::vector<std::size_t> removed;
  for (const Entry& entry : over.entries) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < under.items.size(); ++i)
      names.push_back(item_name(under.items[i], i));
    std::size_t index = 0;
    while (index < names.size() && names[index] != entry.key && std::to_string(index) != entry.key)
      ++index;
    if (index == names.size())
      problems.add(entry.key_mark,
                   "the list has no item '" + entry.key + "' to change." +
                       suggestion(entry.key, names) +
                       (names.empty() ? " It is empty." : " It has: " + join(names, ", ") + ".") +
                       " To add one, give the whole list.");
    else if (entry.value.kind == Value::Kind::null)
      removed.push_back(index);
    else
      overlay(under.items[index], entry.value, nullptr, problems);
  }
  std::sort(removed.rbegin(), removed.rend());
  for (const std::size_t index : removed)
    under.items.erase(under.items.begin() + static_cast<std::ptrdiff_t>(index));
}

template <class Change>
void for_each_mark(Value& value, const Change& change) {
  change(value.mark);
  for (Value& item : value.items) for_each_mark(item, change);
  for (Entry& entry : value.entries) {
    change(entry.key_mark);
    for_each_mark(entry.value, change);
  }
}

// Reads a file and those that it extends.
class Reader {
 public:
  explicit Reader(const Schema& schema) : schema_(schema) {}

  Value read(const std::string& path, LayeredSpec& layers) {
    chain_.push_back(fs::weakly_canonical(path).string());
    const std::string text = read_source(path);
    Value root = parse_yaml(text, path);
    if (chain_.size() == 1)
      layers.source = text;
    else
      layers.bases.emplace_back(path, text);
    const Value* extends = root.kind == Value::Kind::mapping ? root.find("extends") : nullptr;
    if (!extends || extends->kind == Value::Kind::null) return root;
    Problems problems(path);
    const auto base_path = base_of(path, *extends, problems);
    problems.throw_if_any();
    Value base = read(*base_path, layers);
    // Marks that have a source already are of files further below.
    const auto source = std::make_shared<const std::string>(*base_path);
    for_each_mark(base, [&](Mark& mark) {
      if (!mark.source) mark.source = source;
    });
    overlay(base, root, &schema_, problems);
    base.set("extends", Value{});
    problems.throw_if_any();
    return base;
  }

 private:
  std::optional<std::string> base_of(const std::string& path, const Value& extends,
                                     Problems& problems) const {
    if (extends.kind != Value::Kind::scalar) {
      problems.add(extends.mark,
                   "extends: expected the path of another spec, found " + describe(extends) + ".");
      return std::nullopt;
    }
    const fs::path base = fs::path(path).parent_path() / extends.text;
    std::error_code ignored;
    if (!fs::exists(base, ignored))
      problems.add(extends.mark, "extends: there is no file " + base.string() +
                                     ". Give a path relative to this file.");
    const std::string canonical = fs::weakly_canonical(base, ignored).string();
    if (std::find(chain_.begin(), chain_.end(), canonical) != chain_.end())
      problems.add(extends.mark, "extends: " + base.string() +
                                     " extends this file in turn. Take one of the two away.");
    return base.string();
  }

  const Schema& schema_;
  std::vector<std::string> chain_;
};

// "train.steps=100" as the tree {train: {steps: 100}}.
Value override_tree(const std::string& text) {
  const std::string source = "--set " + text;
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw SpecError(source + ": expected KEY=VALUE, as in train.steps=100.");
  const std::string value_text = text.substr(equals + 1);
  Value tree = value_text.empty() ? Value{} : parse_yaml(value_text, source);
  std::string path = text.substr(0, equals);
  while (true) {
    const std::size_t dot = path.rfind('.');
    const std::string key = dot == std::string::npos ? path : path.substr(dot + 1);
    if (key.empty()) throw SpecError(source + ": expected a name on each side of a dot.");
    Value above = Value::mapping();
    above.set(key, std::move(tree));
    tree = std::move(above);
    if (dot == std::string::npos) break;
    path.resize(dot);
  }
  const Mark place{0, 0, std::make_shared<const std::string>(source)};
  for_each_mark(tree, [&](Mark& mark) { mark = place; });
  return tree;
}

void overlay_overrides(Value& root, const std::string& path,
                       const std::vector<std::string>& overrides, const Schema& schema) {
  Problems problems(path);
  for (const std::string& text : overrides) {
    const Value tree = override_tree(text);
    if (tree.find("extends"))
      throw SpecError("--set " + text +
                      ": only a file can say what it extends. Write a spec with this line.");
    if (root.kind == Value::Kind::mapping) overlay(root, tree, &schema, problems);
  }
  problems.throw_if_any();
}

// Each value of a mapping whose keys the user chooses; `schema` is that of one value.
void overlay_named(Value& under, const Value& over, const Schema* schema, Problems& problems) {
  for (const Entry& entry : over.entries) {
    if (Value* present = under.find(entry.key))
      overlay(*present, entry.value, schema, problems);
    else
      under.entries.push_back(entry);
  }
}

}  // namespace

std::string item_name(const Value& item, std::size_t index) {
  for (const char* key : {"name", "plugin"})
    if (const std::string* name = scalar_at(item, key)) return *name;
  return std::to_string(index);
}

void overlay(Value& under, const Value& over, const Schema* schema, Problems& problems) {
  if (over.kind == Value::Kind::mapping && under.kind == Value::Kind::sequence)
    return overlay_list(under, over, problems);
  // A scalar in place of a mapping is one of its keys, which the others are to join.
  if (over.kind == Value::Kind::mapping && under.kind == Value::Kind::scalar && schema &&
      !schema->shorthand().empty()) {
    Value mapping = Value::mapping();
    mapping.mark = under.mark;
    mapping.set(schema->shorthand(), under);
    under = std::move(mapping);
  }
  if (under.kind != Value::Kind::mapping || over.kind != Value::Kind::mapping ||
      names_another_plugin(under, over) || makes_another_choice(under, over, schema)) {
    under = over;
    return;
  }
  for (const Entry& entry : over.entries) {
    Value* present = under.find(entry.key);
    if (!present) {
      under.entries.push_back(entry);
      continue;
    }
    const Field* field = schema ? schema->find(entry.key) : nullptr;
    const Schema* nested = field ? field->nested() : nullptr;
    if (field && field->is_named() && present->kind == Value::Kind::mapping &&
        entry.value.kind == Value::Kind::mapping)
      overlay_named(*present, entry.value, nested, problems);
    else
      overlay(*present, entry.value, nested, problems);
  }
}

LayeredSpec read_layers(const std::string& path, const std::vector<std::string>& overrides,
                        const Schema& schema) {
  LayeredSpec layers;
  layers.root = Reader(schema).read(path, layers);
  overlay_overrides(layers.root, path, overrides, schema);
  return layers;
}

LayeredSpec read_layers_of_text(const std::string& text, const std::string& shown,
                                const std::vector<std::string>& overrides, const Schema& schema) {
  LayeredSpec layers;
  layers.root = parse_yaml(text, shown);
  layers.source = text;
  overlay_overrides(layers.root, shown, overrides, schema);
  return layers;
}

}  // namespace saddle
