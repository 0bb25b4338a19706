#pragma once

#include <saddle/base/value.hpp>

#include <string>

// The door to YAML: the strict part of it that specs are written in. One document, unique keys that
// are text, no merge keys, no tags, at most 100 levels, 100,000 values and 1 MiB. Every mistake is
// a SpecError that says "source:line:column: what is wrong", lines and columns in characters
// from 1.
namespace saddle {

// The tree of one document. `source` names the text in messages. A scalar that cannot be a number
// or a word of YAML (in quotes, a block of text, over several lines) is `quoted`; an empty value is
// null and marked at its key; a value that stands for an alias is marked at the alias.
Value parse_yaml(const std::string& text, const std::string& source);

// Text that parse_yaml reads back as an equal tree: mappings in blocks, lists of scalars in one
// line. The same tree gives the same text. A text that YAML cannot hold without quotes is written
// in quotes, whether it is marked as quoted or not. Texts must be UTF-8.
std::string write_yaml(const Value& value);
// The same in one line: "[1, {a: b}]".
std::string write_yaml_line(const Value& value);

}  // namespace saddle
