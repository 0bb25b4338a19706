#include "experiment/yaml.hpp"

#include "experiment/source_text.hpp"
#include "experiment/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace saddle {
namespace {

std::string shown_tag(const std::string& tag) {
  const std::string standard = "tag:yaml.org,2002:";
  return tag.compare(0, standard.size(), standard) == 0 ? "!!" + tag.substr(standard.size()) : tag;
}

// Hands the parser's events to the tree. Events, and not yaml-cpp's own tree: they tell an alias
// from its value, so that an alias is counted before it is followed.
class Handler final : public YAML::EventHandler {
 public:
  Handler(const SourceText& source, Problems& problems)
      : source_(source), problems_(problems), tree_(problems) {}

  YamlTree& tree() { return tree_; }

  Mark place(const YAML::Mark& mark) const {
    if (mark.is_null()) return {};
    return source_.place(static_cast<std::size_t>(mark.pos), static_cast<std::size_t>(mark.line),
                         static_cast<std::size_t>(mark.column));
  }

  // Whether the line of this place begins with white space that has a tab in it.
  bool tab_indents(const YAML::Mark& mark) const {
    if (mark.column > mark.pos || mark.is_null()) return false;
    const std::string& text = source_.bytes();
    const auto begin = std::min(static_cast<std::size_t>(mark.pos - mark.column), text.size());
    const std::size_t end = std::min(text.find_first_not_of(" \t", begin), text.size());
    return text.substr(begin, end - begin).find('\t') != std::string::npos;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (begun_) {
      problems_.add(place(mark),
                    "the document ends before this place, and a file holds only one: check the "
                    "indentation here and the brackets and quotes above.");
      throw YamlTree::Stop{};
    }
    begun_ = true;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    tree_.null(place(mark), anchor, null_stands_at(static_cast<std::size_t>(mark.pos)));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    tree_.alias(place(mark), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    check_tag(tag, mark);
    // yaml-cpp turns these two escapes into single bytes.
    if (!is_utf8(text))
      problems_.add(place(mark),
                    R"(the escapes \N and \_ are not supported; write \u0085, \u00a0.)");
    tree_.scalar(place(mark), anchor, text, tag == "!");
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_tag(tag, mark);
    tree_.open(Value::Kind::sequence, place(mark), anchor);
  }
  void OnSequenceEnd() override { tree_.close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_tag(tag, mark);
    tree_.open(Value::Kind::mapping, place(mark), anchor);
  }
  void OnMapEnd() override { tree_.close(); }

 private:
  // The parser's own tags are "?" for a plain value and "!" for a text in quotes or a block.
  void check_tag(const std::string& tag, const YAML::Mark& mark) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    problems_.add(place(mark),
                  "the tag '" + shown_tag(tag) + "' is not supported; write the value without it.");
  }

  bool null_stands_at(std::size_t position) const {
    for (const std::string word : {"~", "null", "Null", "NULL"})
      if (position < source_.bytes().size() &&
          source_.bytes().compare(position, word.size(), word) == 0)
        return true;
    return false;
  }

  const SourceText& source_;
  Problems& problems_;
  YamlTree tree_;
  bool begun_ = false;
};

// What to do about the commonest mistakes; yaml-cpp only names the rule.
std::string advice(const std::string& message) {
  using namespace YAML::ErrorMsg;
  static const std::pair<const char*, const char*> kAdvice[] = {
      {END_OF_MAP, "expected 'key: value' here; check the indentation, the ': ' and the quotes."},
      {END_OF_SEQ, "expected '- item' here; check the indentation and the quotes."},
      {MAP_VALUE,
       "no value can begin at this ':'; put text that holds ': ' in quotes, and check "
       "that the line above has its own ':'."},
      {BLOCK_ENTRY, "no list item can begin at this '-'; check the indentation."},
      {FLOW_END, "this bracket closes nothing."},
      {UNKNOWN_ANCHOR, "no anchor of this name stands above this alias."},
      {UNKNOWN_TOKEN, "no value can begin with this character; put the text in quotes."},
  };
  for (const auto& [known, text] : kAdvice)
    if (message == known) return text;
  return "this is not YAML: " + message + ".";
}

void explain(const YAML::Exception& error, Handler& handler, Problems& problems) {
  using namespace YAML::ErrorMsg;
  // These stand at the end of what was taken for text; the beginning is where to look.
  if (error.msg == EOF_IN_SCALAR)
    problems.add(handler.tree().last_mark(), "quotes that open after this place are never closed.");
  else if (error.msg == END_OF_SEQ_FLOW)
    problems.add(handler.tree().open_mark(), "this list is not closed: expected ',' or ']'.");
  else if (error.msg == END_OF_MAP_FLOW)
    problems.add(handler.tree().open_mark(), "this mapping is not closed: expected ',' or '}'.");
  else
    problems.add(handler.place(error.mark), handler.tab_indents(error.mark)
                                                ? "a tab indents this line; indent with spaces."
                                                : advice(error.msg));
}

}  // namespace

Value parse_yaml(const std::string& text, const std::string& source) {
  Problems problems(source);
  const SourceText checked(text, problems);
  Handler handler(checked, problems);
  // yaml-cpp takes the end of a text that ends with a line break for a closing quote. A comment at
  // the end changes nothing else.
  const bool ends_line = !checked.bytes().empty() && checked.bytes().back() == '\n';
  std::istringstream stream(checked.bytes() + (ends_line ? "#" : "\n#"));
  try {
    YAML::Parser parser(stream);
    bool found = false;
    while (parser.HandleNextDocument(handler)) found = true;
    if (!found) problems.add({}, "holds no YAML: it is empty, or has only comments.");
  } catch (const YamlTree::Stop&) {
  } catch (const YAML::Exception& error) {
    explain(error, handler, problems);
  }
  problems.throw_if_any();
  return handler.tree().take();
}

}  // namespace saddle
