#pragma once

#include <saddle/base/field_types.hpp>
#include <saddle/base/problems.hpp>
#include <saddle/base/value.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

// Typed options. A plain struct says in `static void describe(Schema&)` which members a user may
// set; defaults are the struct's own initialisers. The same description reads a spec, prints
// `saddle describe`, and writes the resolved spec.
namespace saddle {

class Schema;

// One option of a schema. The fluent setters narrow what is accepted.
class Field {
 public:
  // Numbers, or each number of a list, must lie in [low, high].
  Field& range(double low, double high);
  // Text, or each text of a list, must be one of these.
  Field& choices(std::vector<std::string> names);
  Field& unit(std::string unit);
  // The spec must give this option.
  Field& required();

  const std::string& name() const { return name_; }
  const std::string& doc() const { return doc_; }
  const std::string& type() const { return type_; }
  const std::string& unit() const { return unit_; }
  const Limits& limits() const { return limits_; }
  bool is_required() const { return required_; }
  // The schema of a nested mapping, or null.
  const Schema* nested() const { return nested_.get(); }
  // Whether the user chooses the keys of the mapping, and `nested` is the schema of each value.
  bool is_named() const { return named_; }

  // Reads `value` into the member of `options`; `where` names it in messages.
  void read(const Value& value, void* options, const std::string& where, Problems& problems) const;
  // The member's value as spec text.
  Value write(const void* options) const { return write_(options); }

 private:
  friend class Schema;
  Field(std::string name, std::string doc, std::string type);

  std::string name_, doc_, type_, unit_;
  Limits limits_;
  bool required_ = false, named_ = false;
  std::shared_ptr<const Schema> nested_;
  std::function<void(const Value&, void*, const Site&)> read_;
  std::function<Value(const void*)> write_;
};

class Schema {
 public:
  // A member of the options struct or of one of its bases. T is bool, a number, std::string, a
  // list, an optional, or another struct with a `describe` of its own. Throws PluginError when the
  // name is taken, or the member is of another class.
  template <class O, class T>
  Field& field(T O::*member, std::string name, std::string doc);

  // Exactly one of the fields must be given, as in `{normal: 2}`.
  void one_of() { one_of_ = true; }
  // A scalar in place of the mapping is read as this field: `lr: 1e-3` for `lr: {constant: 1e-3}`.
  void shorthand(std::string field) { shorthand_ = std::move(field); }

  const std::vector<Field>& fields() const { return fields_; }
  const Field* find(const std::string& name) const;
  bool is_one_of() const { return one_of_; }
  const std::string& shorthand() const { return shorthand_; }

  // Every field's default, as spec text.
  const Value& defaults() const { return defaults_; }

  // The schema of a struct's options.
  template <class O>
  static Schema of();

 private:
  // How far O, the struct itself or a base, lies behind the start of the struct.
  template <class O>
  std::ptrdiff_t offset_of(const std::string& name) const;
  [[noreturn]] static void foreign_member(const std::string& name);
  Field& add(Field field);

  std::vector<Field> fields_;
  bool one_of_ = false;
  std::string shorthand_;
  Value defaults_;
  // The object that holds the defaults while it is described, and a function that throws its
  // address: of all casts, only a catch finds a base in an object whose type is gone.
  const void* object_ = nullptr;
  const std::type_info* type_ = nullptr;
  std::function<void()> throw_object_;
};

// A schema and the object that it fills.
struct Target {
  const Schema* schema;
  void* options;
};

// How messages speak of a mapping: "generator 'mlp' has no option 'x'", "train has no key 'x'".
struct Subject {
  std::string name;
  std::string noun = "key";
  // Before the name of a field in messages; "train." gives "train.steps".
  std::string prefix;
};

// Reads one mapping into one or several targets, whose fields together are what it may hold; each
// key goes to the first target that has it. Keys in `ignored` belong to someone else.
void read_mapping(const Value& value, const std::vector<Target>& targets, const Subject& subject,
                  Problems& problems, const std::vector<std::string>& ignored = {});

// The options of a target as a mapping with every field, defaults included; absent optionals are
// null.
Value write_mapping(const Schema& schema, const void* options);

template <class O>
Schema Schema::of() {
  const O defaults{};
  Schema schema;
  schema.object_ = &defaults;
  schema.type_ = &typeid(O);
  schema.throw_object_ = [&defaults] { throw &defaults; };
  O::describe(schema);
  schema.throw_object_ = nullptr;
  schema.defaults_ = write_mapping(schema, &defaults);
  return schema;
}

template <class O>
std::ptrdiff_t Schema::offset_of(const std::string& name) const {
  if (typeid(O) == *type_) return 0;
  try {
    throw_object_();
  } catch (const O* part) {
    return reinterpret_cast<const char*>(part) - static_cast<const char*>(object_);
  } catch (...) {
  }
  foreign_member(name);
}

// A struct with a `describe` of its own is a nested mapping.
template <class T>
struct FieldType<T, std::void_t<decltype(T::describe(std::declval<Schema&>()))>> {
  static std::string name() { return "mapping"; }
  static std::shared_ptr<const Schema> nested() {
    return std::make_shared<const Schema>(Schema::of<T>());
  }
  static void read(const Value& value, T& out, const Site& site) {
    const Schema schema = Schema::of<T>();
    // A choice replaces the default's choice.
    if (schema.is_one_of()) out = T{};
    read_mapping(value, {{&schema, &out}}, {site.where, "key", site.where + "."}, *site.problems);
  }
  static Value write(const T& value) { return write_mapping(Schema::of<T>(), &value); }
};

template <class O, class T>
Field& Schema::field(T O::*member, std::string name, std::string doc) {
  const std::ptrdiff_t offset = offset_of<O>(name);
  Field added(std::move(name), std::move(doc), FieldType<T>::name());
  added.nested_ = FieldType<T>::nested();
  added.named_ = IsNamed<T>::value;
  added.read_ = [member, offset](const Value& value, void* options, const Site& site) {
    O* part = reinterpret_cast<O*>(static_cast<char*>(options) + offset);
    FieldType<T>::read(value, part->*member, site);
  };
  added.write_ = [member, offset](const void* options) {
    const O* part = reinterpret_cast<const O*>(static_cast<const char*>(options) + offset);
    return FieldType<T>::write(part->*member);
  };
  return add(std::move(added));
}

}  // namespace saddle
