#include <saddle/base/value.hpp>

#include <utility>

namespace saddle {

Value Value::scalar(std::string text) {
  Value value;
  value.kind = Kind::scalar;
  value.text = std::move(text);
  return value;
}

Value Value::quoted_text(std::string text) {
  Value value = scalar(std::move(text));
  value.quoted = true;
  return value;
}

Value Value::sequence(std::vector<Value> items) {
  Value value;
  value.kind = Kind::sequence;
  value.items = std::move(items);
  return value;
}

Value Value::mapping() {
  Value value;
  value.kind = Kind::mapping;
  return value;
}

const Value* Value::find(const std::string& key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

Value* Value::find(const std::string& key) {
  return const_cast<Value*>(static_cast<const Value*>(this)->find(key));
}

void Value::set(const std::string& key, Value value) {
  if (Value* present = find(key)) {
    *present = std::move(value);
    return;
  }
  const Mark place = value.mark;
  entries.push_back({key, place, std::move(value)});
}

Mark mark_at(const Value& root, const std::vector<std::string>& path) {
  const Value* at = &root;
  for (const std::string& key : path) {
    const Value* next = at->find(key);
    if (!next) break;
    at = next;
  }
  return at->mark;
}

std::string describe(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return "nothing";
    case Value::Kind::sequence:
      return "a list";
    case Value::Kind::mapping:
      return "a mapping";
    case Value::Kind::scalar:
      break;
  }
  constexpr std::size_t kLongest = 60;
  if (value.text.size() > kLongest) return "'" + value.text.substr(0, kLongest) + "...'";
  return "'" + value.text + "'";
}

}  // namespace saddle
