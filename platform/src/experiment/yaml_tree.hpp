#pragma once

#include <saddle/base/problems.hpp>
#include <saddle/base/value.hpp>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace saddle {

// Builds the tree of a document from a parser's events, and checks what a spec may not have. Most
// mistakes are recorded, so that the rest of the document is checked too; the tree is then of no
// use.
class YamlTree {
 public:
  // Thrown, the problem recorded, where reading on makes no sense: a limit is passed.
  struct Stop {};
  // Names an anchored value; 0 is none.
  using Anchor = std::size_t;

  explicit YamlTree(Problems& problems) : problems_(problems) {}

  // `spelled`: the word null stands there; otherwise nothing does, and `mark` is the next token's.
  void null(Mark mark, Anchor anchor, bool spelled);
  void alias(Mark mark, Anchor anchor);
  void scalar(Mark mark, Anchor anchor, std::string text, bool quoted);
  void open(Value::Kind kind, Mark mark, Anchor anchor);
  void close();

  Value take() { return std::move(root_); }
  // Where the innermost list or mapping that is not closed yet begins.
  Mark open_mark() const { return frames_.empty() ? Mark{1, 1} : frames_.back().value.mark; }
  // Where the last key or value that was read begins.
  Mark last_mark() const { return last_; }

 private:
  // A list or mapping that is being read.
  struct Frame {
    Value value;
    Anchor anchor = 0;
    bool has_key = false;
    Entry entry;                                         // mapping: the key that waits for a value
    std::unordered_map<std::string, std::size_t> lines;  // mapping: the line of each key
  };

  [[noreturn]] void stop(Mark where, const std::string& message);
  void charge(std::size_t cost, Mark where);
  void check_depth(std::size_t depth, Mark where);
  bool in_list() const;
  void complete(Value value, Anchor anchor);
  void add_key(Frame& frame, const Value& key);
  static void add_entry(Frame& frame, Value value);

  Problems& problems_;
  Value root_;
  std::vector<Frame> frames_;
  std::unordered_map<Anchor, Value> anchors_;
  std::size_t spent_ = 0;
  Mark last_{1, 1};
};

}  // namespace saddle
