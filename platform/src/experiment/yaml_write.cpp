#include <saddle/base/error.hpp>

#include "experiment/yaml.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace saddle {
namespace {

// A key may take 1,024 characters before its ':'; a longer one is written after '? '.
constexpr std::size_t kLongestKey = 1000;

std::string quoted(const std::string& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (byte < 0x20 || byte == 0x7f)
      out += std::string("\\x") + kDigits[byte >> 4] + kDigits[byte & 15];
    else
      out += c;
  }
  return out + "\"";
}

bool is_null_word(const std::string& text) {
  return text == "null" || text == "Null" || text == "NULL" || text == "~";
}

// Letters, digits and marks that mean nothing to YAML, beginning with a letter or a digit.
bool is_simple(const std::string& text) {
  const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  const auto harmless = [&](char c) {
    return letter(c) || std::string("_.+-/").find(c) != std::string::npos;
  };
  return !text.empty() && letter(text[0]) && std::all_of(text.begin(), text.end(), harmless) &&
         !is_null_word(text);
}

// Whether the text reads back as itself without quotes: the parser decides.
bool reads_back_plain(const std::string& text, const std::string& before,
                      const std::string& after) {
  if (is_simple(text)) return true;
  try {
    const Value list = parse_yaml(before + text + after, "");
    return list.kind == Value::Kind::sequence && list.items.size() == 1 &&
           list.items[0].kind == Value::Kind::scalar && !list.items[0].quoted &&
           list.items[0].text == text;
  } catch (const SpecError&) {
    return false;
  }
}

std::string scalar_text(const Value& value) {
  if (value.kind == Value::Kind::null) return "null";
  const bool plain = !value.quoted && reads_back_plain(value.text, "- ", "\n");
  return plain ? value.text : quoted(value.text);
}

std::string key_text(const std::string& key) { return is_simple(key) ? key : quoted(key); }

// Whether the value can stand in a list within brackets as it does outside.
bool fits_brackets(const Value& value) {
  if (value.kind == Value::Kind::null) return true;
  if (value.kind != Value::Kind::scalar) return false;
  return value.quoted || reads_back_plain(value.text, "[", "]") ||
         !reads_back_plain(value.text, "- ", "\n");
}

// The value in one line, where it is not written as a block.
std::optional<std::string> in_line(const Value& value) {
  if (value.kind == Value::Kind::mapping)
    return value.entries.empty() ? std::optional<std::string>("{}") : std::nullopt;
  if (value.kind != Value::Kind::sequence) return scalar_text(value);
  if (!std::all_of(value.items.begin(), value.items.end(), fits_brackets)) return std::nullopt;
  std::string text = "[";
  for (const Value& item : value.items) text += (text == "[" ? "" : ", ") + scalar_text(item);
  return text + "]";
}

void write_block(const Value& value, const std::string& indent, std::string& out);

// What follows "key:" or "-": a line, or a block that is indented further.
void write_after(const Value& value, const std::string& indent, bool same_line, std::string& out) {
  if (const auto line = in_line(value)) {
    out += " " + *line + "\n";
    return;
  }
  const std::string deeper = indent + "  ";
  if (!same_line) {
    out += "\n";
    return write_block(value, deeper, out);
  }
  std::string block;
  write_block(value, deeper, block);
  out += " " + block.substr(deeper.size());
}

void write_block(const Value& value, const std::string& indent, std::string& out) {
  for (const Value& item : value.items) {
    out += indent + "-";
    write_after(item, indent, true, out);
  }
  for (const Entry& entry : value.entries) {
    const std::string key = key_text(entry.key);
    out +=
        key.size() > kLongestKey ? indent + "? " + key + "\n" + indent + ":" : indent + key + ":";
    write_after(entry.value, indent, false, out);
  }
}

}  // namespace

std::string write_yaml_line(const Value& value) {
  std::string text;
  const auto separate = [&] { text += text.size() > 1 ? ", " : ""; };
  if (value.kind == Value::Kind::sequence) {
    text = "[";
    for (const Value& item : value.items) {
      separate();
      text += write_yaml_line(item);
    }
    return text + "]";
  }
  if (value.kind == Value::Kind::mapping) {
    text = "{";
    for (const Entry& entry : value.entries) {
      separate();
      const std::string key = key_text(entry.key);
      text += key.size() > kLongestKey ? "? " + key + " : " : key + ": ";
      text += write_yaml_line(entry.value);
    }
    return text + "}";
  }
  return fits_brackets(value) ? scalar_text(value) : quoted(value.text);
}

std::string write_yaml(const Value& value) {
  if (const auto line = in_line(value)) {
    // At the beginning of a file these would mark documents, directives and the order of bytes.
    const std::string start = line->substr(0, 3);
    const bool marker =
        start == "---" || start == "..." || start == "\xef\xbb\xbf" || start[0] == '%';
    return (marker ? " " : "") + *line + "\n";
  }
  std::string out;
  write_block(value, "", out);
  return out;
}

}  // namespace saddle
