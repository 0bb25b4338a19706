#include "experiment/yaml.hpp"
#include "experiment/yaml_tools.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace saddle;
using test::shown;

namespace {

std::string rewritten(const std::string& text) { return write_yaml(parse_yaml(text, "s")); }

// Texts that YAML reads as something else, or not at all, where they are written carelessly.
const std::vector<std::string> kTexts = {"",
                                         " ",
                                         "x",
                                         "a b",
                                         " a",
                                         "a ",
                                         "null",
                                         "~",
                                         "Null",
                                         "true",
                                         "1e-4",
                                         "-1",
                                         "- 1",
                                         "-",
                                         "---",
                                         "...",
                                         "? x",
                                         "?x",
                                         ": x",
                                         ":x",
                                         "a: b",
                                         "a:b",
                                         "a:",
                                         "a #b",
                                         "a#b",
                                         "#a",
                                         "a,b",
                                         "[a",
                                         "a]b",
                                         "{a}",
                                         "'",
                                         "''",
                                         "\"",
                                         "a\"b",
                                         "\\",
                                         "\\n",
                                         "a\nb",
                                         "\n",
                                         "a\n\nb ",
                                         "\ta",
                                         "\x01",
                                         "\x7f",
                                         "\r\n",
                                         "%a",
                                         "@a",
                                         "`a",
                                         "*a",
                                         "&a",
                                         "!a",
                                         "|",
                                         ">",
                                         "|-\n",
                                         "\xc3\xa9",
                                         "\xe2\x82\xac 5",
                                         "\xf0\x9f\x98\x80",
                                         "<<",
                                         "\xef\xbb\xbf",
                                         "\xc2\x85",
                                         "\xe2\x80\xa8",
                                         std::string("a\0b", 3),
                                         std::string(2000, 'k'),
                                         "a, b",
                                         "0x10"};

class Trees {
 public:
  explicit Trees(unsigned seed) : random_(seed) {}

  Value tree(int depth) {
    const std::size_t kind = below(depth > 0 ? 6 : 3);
    if (kind == 0) return {};
    if (kind == 1) return Value::quoted_text(kTexts[below(kTexts.size())]);
    if (kind == 2) return Value::scalar(kPlain[below(kPlain.size())]);
    if (kind == 3) {
      Value mapping = Value::mapping();
      for (std::size_t i = below(4); i > 0; --i)
        mapping.set(kTexts[below(kTexts.size())], tree(depth - 1));
      return mapping;
    }
    std::vector<Value> items;
    for (std::size_t i = below(4); i > 0; --i) items.push_back(tree(kind == 4 ? 0 : depth - 1));
    return Value::sequence(std::move(items));
  }

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

 private:
  // What the parser can give without quotes.
  const std::vector<std::string> kPlain = {
      "1",  "-1.5e-3", "true", "x y",      "a:b", "a,b", "x]y",  "a#b", ".inf", "?x", ":x",
      "-x", "a'b",     "{x}y", "\xc3\xa9", "%x",  "x{",  "x: y", "no",  "0o7",  "=",  "a\"b"};
  std::mt19937 random_;
};

constexpr char kSpec[] = R"(# a spec
name: ring8-minimax
seed: 1
dataset:       {plugin: ring, modes: 8, radius: 1.0, sigma: 0.01}
latent:        {z: {normal: 2}}
generator:     &net {plugin: mlp, hidden: [128, 128]}
discriminator: *net
losses:
  - {plugin: bce, form: 'minimax'}
  - plugin: "gp\n\x41"
    weight: 1e1
train:
  steps: 25000
  note: |
    two
    lines
  more: >-
    folded
    text
  average: ~
metrics:
  - - {plugin: modes, every: 500}
    - [a, "b", c]
  - ? kl
    : {"samples": 2500}
)";

}  // namespace

TEST_CASE("A tree is written with mappings in blocks and lists of scalars in one line") {
  const std::string text =
      "name: \"ring8\"\n"
      "seed: 1\n"
      "hidden: [128, \"x\", null]\n"
      "empty: {}\n"
      "none: []\n"
      "train:\n"
      "  lr: 1e-4\n"
      "losses:\n"
      "  - plugin: \"bce\"\n"
      "    of:\n"
      "      - - a: 1\n"
      "        - [2]\n"
      "      - null\n"
      "\"null\": null\n";
  CHECK(rewritten(text) == text);
  CHECK(rewritten("a: {b: {c: ~}}\nd:\n- 'x'\n-   - 1\n    -\n     e: f") ==
        "a:\n  b:\n    c: null\nd:\n  - \"x\"\n  - - 1\n    - e: f\n");
}

TEST_CASE("A tree that is no mapping is written too") {
  CHECK(write_yaml({}) == "null\n");
  CHECK(write_yaml(Value::scalar("1")) == "1\n");
  CHECK(write_yaml(Value::quoted_text("1")) == "\"1\"\n");
  CHECK(write_yaml(Value::scalar("---")) == " ---\n");
  CHECK(shown(parse_yaml(" ---\n", "s")) == "<--->");
  CHECK(write_yaml(Value::sequence({Value::scalar("1"), Value::mapping()})) == "- 1\n- {}\n");
}

TEST_CASE("A text that begins as a byte order mark does keeps its beginning") {
  const Value text = Value::scalar("\xef\xbb\xbf x");
  CHECK(parse_yaml(write_yaml(text), "s").text == text.text);
}

TEST_CASE("Quotes escape what would not read back") {
  CHECK(write_yaml(Value::quoted_text("a\"\\\n\t\r\x01\x7f\xc3\xa9")) ==
        "\"a\\\"\\\\\\n\\t\\x0d\\x01\\x7f\xc3\xa9\"\n");
}

TEST_CASE("A plain text that brackets would break stands in a block") {
  CHECK(rewritten("a: [x, y z]\nb:\n  - x, y\n  - z\nc: x]y\n") ==
        "a: [x, y z]\nb:\n  - x, y\n  - z\nc: x]y\n");
}

TEST_CASE("A plain text that needs quotes gets them") {
  CHECK(write_yaml(Value::scalar("a: b")) == "\"a: b\"\n");
  CHECK(write_yaml(Value::scalar("null")) == "\"null\"\n");
  CHECK(write_yaml(Value::scalar("")) == "\"\"\n");
}

TEST_CASE("Every text reads back, as a value, as an item and as a key") {
  for (const std::string& text : kTexts) {
    Value tree = Value::mapping();
    tree.set(text, Value::sequence({Value::quoted_text(text), Value::mapping()}));
    tree.set("list", Value::sequence({Value::quoted_text(text)}));
    tree.set("value", Value::quoted_text(text));
    CHECK(shown(parse_yaml(write_yaml(tree), "s")) == shown(tree));
  }
}

TEST_CASE("Random trees read back as they were written") {
  Trees trees(20240607);
  for (int i = 0; i < 3000; ++i) {
    const Value read = parse_yaml(write_yaml(trees.tree(4)), "s");
    const std::string text = write_yaml(read);
    const Value again = parse_yaml(text, "s");
    REQUIRE(shown(again) == shown(read));
    REQUIRE(write_yaml(again) == text);
  }
}

TEST_CASE("A damaged spec is refused or read, and what is read can be written") {
  const std::string characters = "[]{}:,-?&*!|>'\"%@`#~ \t\n\\<x1\xc3\xa9\x04";
  Trees random(7);
  int refused = 0, read = 0;
  for (int i = 0; i < 6000; ++i) {
    std::string text = kSpec;
    for (std::size_t k = random.below(4) + 1; k > 0; --k) {
      const std::size_t place = random.below(text.size());
      switch (random.below(5)) {
        case 0:
          text[place] = static_cast<char>(random.below(256));
          break;
        case 1:
          text[place] = characters[random.below(characters.size())];
          break;
        case 2:
          text.insert(place, 1, characters[random.below(characters.size())]);
          break;
        case 3:
          text.erase(place, random.below(8));
          break;
        default:
          text.insert(place, text.substr(random.below(text.size()), random.below(40)));
      }
      if (text.empty()) text = "x";
    }
    try {
      const Value value = parse_yaml(text, "s");
      ++read;
      INFO(text);
      REQUIRE(shown(parse_yaml(write_yaml(value), "s")) == shown(value));
    } catch (const SpecError& error) {
      ++refused;
      REQUIRE(std::string(error.what()).compare(0, 2, "s:") == 0);
    }
  }
  CHECK(refused > 1000);
  CHECK(read > 500);
}

TEST_CASE("A tree is written in one line, with quotes where brackets would break a plain text") {
  const auto line = [](const std::string& text) { return write_yaml_line(parse_yaml(text, "s")); };
  CHECK(line("plugin: mlp\nhidden: [8, 8]\nof: {}\nnone: ~\n") ==
        "{plugin: mlp, hidden: [8, 8], of: {}, none: null}");
  CHECK(line("- x, y\n- \"1\"\n- 1\n") == "[\"x, y\", \"1\", 1]");
  CHECK(line("1e-4") == "1e-4");
}

TEST_CASE("Random trees read back from one line, but for the quotes") {
  const auto texts = [](const Value& tree) {
    std::string text = shown(tree);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '<' || c == '>'; }, '\'');
    return text;
  };
  Trees trees(20261128);
  for (int i = 0; i < 3000; ++i) {
    const Value tree = parse_yaml(write_yaml(trees.tree(4)), "s");
    const std::string line = write_yaml_line(tree);
    INFO(line);
    CHECK(line.find('\n') == std::string::npos);
    CHECK(texts(parse_yaml(" " + line + "\n", "s")) == texts(tree));
  }
}
