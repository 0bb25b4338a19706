#pragma once

#include <saddle/base/problems.hpp>
#include <saddle/base/value.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// How each C++ type of an options struct is read from and written to a spec.
namespace saddle {

class Schema;

// What a field accepts beyond its type.
struct Limits {
  std::optional<std::pair<double, double>> range;
  std::vector<std::string> choices;
};

// Where a value is being read: its name in messages, its limits, and where mistakes go.
struct Site {
  std::string where;
  const Limits* limits;
  Problems* problems;
};

void read_scalar(const Value& value, bool& out, const Site& site);
void read_scalar(const Value& value, double& out, const Site& site);
void read_scalar(const Value& value, std::int64_t& out, const Site& site);
void read_scalar(const Value& value, std::uint64_t& out, const Site& site);
void read_scalar(const Value& value, std::string& out, const Site& site);
// Says that the number does not fit the type of the option.
void out_of_type(const Value& value, const Site& site);
// Says that a list was expected.
void expected_list(const Value& value, const Site& site);

Value write_scalar(bool value);
Value write_scalar(double value);
Value write_scalar(std::int64_t value);
Value write_scalar(std::uint64_t value);
Value write_scalar(const std::string& value);

template <class T, class = void>
struct FieldType;

template <class T, class Wire>
struct ScalarFieldType {
  static std::shared_ptr<const Schema> nested() { return nullptr; }
  static void read(const Value& value, T& out, const Site& site) {
    Wire wire = static_cast<Wire>(out);
    read_scalar(value, wire, site);
    if (holds(wire))
      out = static_cast<T>(wire);
    else
      out_of_type(value, site);
  }
  static Value write(const T& value) { return write_scalar(static_cast<Wire>(value)); }

 private:
  // Whether the option's type has a number, but for rounding.
  static bool holds(const Wire& wire) {
    if constexpr (std::is_floating_point_v<T>)
      return std::isinf(static_cast<T>(wire)) == std::isinf(wire);
    else
      return static_cast<Wire>(static_cast<T>(wire)) == wire;
  }
};

template <>
struct FieldType<bool> : ScalarFieldType<bool, bool> {
  static std::string name() { return "true or false"; }
};

template <>
struct FieldType<std::string> : ScalarFieldType<std::string, std::string> {
  static std::string name() { return "text"; }
};

template <class T>
struct FieldType<T, std::enable_if_t<std::is_floating_point_v<T>>> : ScalarFieldType<T, double> {
  static std::string name() { return "number"; }
};

template <class T>
struct FieldType<T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>>>
    : ScalarFieldType<T, std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>> {
  static std::string name() { return "integer"; }
};

template <class T>
struct FieldType<std::vector<T>> {
  static std::string name() { return "list of " + FieldType<T>::name(); }
  static std::shared_ptr<const Schema> nested() { return FieldType<T>::nested(); }
  static void read(const Value& value, std::vector<T>& out, const Site& site) {
    if (value.kind != Value::Kind::sequence) return expected_list(value, site);
    out.clear();
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      T item{};
      FieldType<T>::read(value.items[i], item,
                         {site.where + "[" + std::to_string(i) + "]", site.limits, site.problems});
      out.push_back(std::move(item));
    }
  }
  static Value write(const std::vector<T>& values) {
    std::vector<Value> items;
    for (const T& value : values) items.push_back(FieldType<T>::write(value));
    return Value::sequence(std::move(items));
  }
};

template <class T>
struct FieldType<std::optional<T>> {
  static std::string name() { return FieldType<T>::name(); }
  static std::shared_ptr<const Schema> nested() { return FieldType<T>::nested(); }
  static void read(const Value& value, std::optional<T>& out, const Site& site) {
    T item = out.value_or(T{});
    FieldType<T>::read(value, item, site);
    out = std::move(item);
  }
  static Value write(const std::optional<T>& value) {
    return value ? FieldType<T>::write(*value) : Value{};
  }
};

// A mapping whose keys the user chooses, in the order of the spec.
template <class T>
using Named = std::vector<std::pair<std::string, T>>;

template <class T>
struct IsNamed : std::false_type {};
template <class T>
struct IsNamed<Named<T>> : std::true_type {};

template <class T>
struct FieldType<std::vector<std::pair<std::string, T>>> {
  static std::string name() { return "mapping of names to " + FieldType<T>::name(); }
  static std::shared_ptr<const Schema> nested() { return FieldType<T>::nested(); }
  static void read(const Value& value, Named<T>& out, const Site& site) {
    if (value.kind != Value::Kind::mapping) {
      site.problems->add(value.mark, site.where + ": expected a mapping, found " + describe(value));
      return;
    }
    out.clear();
    for (const Entry& entry : value.entries) {
      T item{};
      FieldType<T>::read(entry.value, item,
                         {site.where + "." + entry.key, site.limits, site.problems});
      out.emplace_back(entry.key, std::move(item));
    }
  }
  static Value write(const Named<T>& values) {
    Value mapping = Value::mapping();
    for (const auto& [name, value] : values) mapping.set(name, FieldType<T>::write(value));
    return mapping;
  }
};

}  // namespace saddle
