#pragma once

#include <saddle/base/error.hpp>
#include <saddle/base/value.hpp>

#include "experiment/yaml.hpp"

#include <string>

// What the tests of the YAML door share.
namespace saddle::test {

// The whole tree as text: plain scalars as <x>, quoted ones as 'x'.
inline std::string shown(const Value& value) {
  std::string text;
  switch (value.kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::scalar:
      return value.quoted ? "'" + value.text + "'" : "<" + value.text + ">";
    case Value::Kind::sequence:
      for (const Value& item : value.items) text += (text.empty() ? "" : ", ") + shown(item);
      return "[" + text + "]";
    case Value::Kind::mapping:
      for (const Entry& entry : value.entries)
        text += (text.empty() ? "" : ", ") + entry.key + ": " + shown(entry.value);
      return "{" + text + "}";
  }
  return text;
}

// The message of the SpecError that the text gives, or what it is read as.
inline std::string mistake(const std::string& text) {
  try {
    return "no mistake: " + shown(parse_yaml(text, "s"));
  } catch (const SpecError& error) {
    return error.what();
  }
}

inline std::string repeat(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace saddle::test
