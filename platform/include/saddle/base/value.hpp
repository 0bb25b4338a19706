#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace saddle {

// A place in a spec, counted from 1. Line 0 means that the value stands in no file.
struct Mark {
  std::size_t line = 0;
  std::size_t column = 0;
  // The file or option where it stands, where that is not the spec itself.
  std::shared_ptr<const std::string> source = nullptr;
};

struct Entry;

// One node of a parsed spec, free of the format that it was read from. Scalars keep their text, so
// that a schema decides what a value is, not the parser.
struct Value {
  enum class Kind { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  std::string text;            // scalar
  bool quoted = false;         // scalar: written in quotes, so never a number
  std::vector<Value> items;    // sequence
  std::vector<Entry> entries;  // mapping, in the order of the file, keys unique
  Mark mark;

  static Value scalar(std::string text);
  static Value quoted_text(std::string text);
  static Value sequence(std::vector<Value> items);
  static Value mapping();

  // The value at `key` of a mapping, or null where there is none.
  const Value* find(const std::string& key) const;
  Value* find(const std::string& key);
  // Adds or replaces an entry of a mapping.
  void set(const std::string& key, Value value);
};

// Where the value at a path of keys stands, or the innermost mapping on the way that there is.
Mark mark_at(const Value& root, const std::vector<std::string>& path);

struct Entry {
  std::string key;
  Mark key_mark;
  Value value;
};

// A short description of what stands there, for messages: "'abc'", "a list", "a mapping",
// "nothing".
std::string describe(const Value& value);

}  // namespace saddle
