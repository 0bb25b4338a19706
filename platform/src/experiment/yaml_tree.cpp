#include "experiment/yaml_tree.hpp"

#include <algorithm>
#include <utility>

namespace saddle {
namespace {

constexpr std::size_t kDeepest = 100;
constexpr std::size_t kMostValues = 100000;

// What a value costs against kMostValues. Long texts count for more, since aliases copy them.
std::size_t cost_of(const Value& value) { return 1 + value.text.size() / 100; }

struct Extent {
  std::size_t cost = 0;
  std::size_t depth = 0;
};

Extent measure(const Value& value) {
  Extent total{cost_of(value), 0};
  const auto add = [&](const Value& part) {
    const Extent extent = measure(part);
    total.cost += extent.cost;
    total.depth = std::max(total.depth, extent.depth);
  };
  for (const Value& item : value.items) add(item);
  for (const Entry& entry : value.entries) {
    total.cost += entry.key.size() / 100;
    add(entry.value);
  }
  if (value.kind == Value::Kind::sequence || value.kind == Value::Kind::mapping) ++total.depth;
  return total;
}

}  // namespace

void YamlTree::null(Mark mark, Anchor anchor, bool spelled) {
  if (in_list() && anchor == 0 && !spelled)
    problems_.add(open_mark(), "item " + std::to_string(frames_.back().value.items.size() + 1) +
                                   " of this list is empty; write null where that is meant.");
  Value value;
  value.mark = mark;
  complete(std::move(value), anchor);
}

void YamlTree::alias(Mark mark, Anchor anchor) {
  const auto found = anchors_.find(anchor);
  Value value;
  if (found == anchors_.end()) {
    problems_.add(mark, "this alias stands inside the value that it names.");
  } else {
    const Extent extent = measure(found->second);
    // The rest is charged when the value is complete.
    charge(extent.cost - cost_of(found->second), mark);
    check_depth(frames_.size() + extent.depth, mark);
    value = found->second;
  }
  value.mark = mark;
  complete(std::move(value), 0);
}

void YamlTree::scalar(Mark mark, Anchor anchor, std::string text, bool quoted) {
  if (!quoted && text.find('\t') != std::string::npos)
    problems_.add(mark, "a tab stands here; indent and separate with spaces.");
  Value value = Value::scalar(std::move(text));
  value.mark = mark;
  // No block can hold these without quotes, and neither is a number.
  value.quoted = quoted || value.text == "-" || value.text.find('\n') != std::string::npos;
  complete(std::move(value), anchor);
}

void YamlTree::open(Value::Kind kind, Mark mark, Anchor anchor) {
  check_depth(frames_.size() + 1, mark);
  Frame frame;
  frame.value.kind = kind;
  frame.value.mark = mark;
  frame.anchor = anchor;
  frames_.push_back(std::move(frame));
}

void YamlTree::close() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  complete(std::move(frame.value), frame.anchor);
}

void YamlTree::stop(Mark where, const std::string& message) {
  problems_.add(where, message);
  throw Stop{};
}

void YamlTree::charge(std::size_t cost, Mark where) {
  spent_ += cost;
  if (spent_ > kMostValues)
    stop(where, "the document holds more than " + std::to_string(kMostValues) +
                    " values, each alias counted as all that it stands for.");
}

void YamlTree::check_depth(std::size_t depth, Mark where) {
  if (depth > kDeepest)
    stop(where,
         "lists and mappings are nested more than " + std::to_string(kDeepest) + " levels deep.");
}

bool YamlTree::in_list() const {
  return !frames_.empty() && frames_.back().value.kind == Value::Kind::sequence;
}

void YamlTree::complete(Value value, Anchor anchor) {
  charge(cost_of(value), value.mark);
  if (anchor != 0) {
    // The copy is charged too: anchors within anchors would multiply the memory.
    charge(measure(value).cost, value.mark);
    anchors_[anchor] = value;
  }
  last_ = value.mark;
  if (frames_.empty())
    root_ = std::move(value);
  else if (in_list())
    frames_.back().value.items.push_back(std::move(value));
  else if (frames_.back().has_key)
    add_entry(frames_.back(), std::move(value));
  else
    add_key(frames_.back(), value);
}

void YamlTree::add_key(Frame& frame, const Value& key) {
  frame.has_key = true;
  frame.entry.key = key.text;
  frame.entry.key_mark = key.mark;
  if (key.kind != Value::Kind::scalar) {
    problems_.add(key.mark, "expected text as the key, found " + describe(key) + ".");
  } else if (key.text == "<<" && !key.quoted) {
    problems_.add(key.mark, "merge keys ('<<') are not supported; write the keys themselves.");
  } else {
    const auto [first, added] = frame.lines.emplace(key.text, key.mark.line);
    if (!added)
      problems_.add(key.mark, "the key " + describe(key) + " is given twice, first in line " +
                                  std::to_string(first->second) + ".");
  }
}

void YamlTree::add_entry(Frame& frame, Value value) {
  // An empty value is marked at the next token, mostly the next key: its own key says more.
  const Mark key = frame.entry.key_mark;
  if (value.kind == Value::Kind::null && value.mark.line != key.line) value.mark = key;
  frame.has_key = false;
  frame.entry.value = std::move(value);
  frame.value.entries.push_back(std::move(frame.entry));
}

}  // namespace saddle
