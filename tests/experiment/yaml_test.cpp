#include <saddle/base/error.hpp>

#include "experiment/yaml.hpp"
#include "experiment/yaml_tools.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace saddle;
using test::mistake;
using test::repeat;
using test::shown;

namespace {

std::string read(const std::string& text) { return shown(parse_yaml(text, "s")); }

std::string place(const Value& value) {
  return std::to_string(value.mark.line) + ":" + std::to_string(value.mark.column);
}

}  // namespace

TEST_CASE("Scalars keep their text, and quotes are remembered") {
  CHECK(read("a: 010\nb: '010'\nc: \"x\\ty\"\nd: 1e-4\ne: yes") ==
        "{a: <010>, b: '010', c: 'x\ty', d: <1e-4>, e: <yes>}");
}

TEST_CASE("Texts of several lines count as quoted") {
  CHECK(read("a: |\n  x\n  y\nb: >\n  x\n  y\nc: x\n\n  y\n") ==
        "{a: 'x\ny\n', b: 'x y\n', c: 'x\ny'}");
  CHECK(read("a: |+\n  x\n\n") == "{a: 'x\n\n'}");
}

TEST_CASE("null, ~ and nothing are null") {
  CHECK(read("a: null\nb: ~\nc:\nd: [null, ~]\ne: {f, g: }") ==
        "{a: null, b: null, c: null, d: [null, null], e: {f: null, g: null}}");
  CHECK(read("a: 'null'\nb: ''") == "{a: 'null', b: ''}");
  CHECK(read("---\n...\n") == "null");
}

TEST_CASE("A document may be a list, a scalar, or begin with a byte order mark") {
  CHECK(read("[1, [2, x], {a: b}]") == "[<1>, [<2>, <x>], {a: <b>}]");
  CHECK(read("100") == "<100>");
  CHECK(read("\xef\xbb\xbf"
             "a: 1") == "{a: <1>}");
  CHECK(read("a:\r\n  b: 1\r\nc: \"x\r\n  y\"\r\n") == "{a: {b: <1>}, c: 'x y'}");
}

TEST_CASE("Values are marked where they stand, in lines and characters from 1") {
  const Value v = parse_yaml("a: 1\nb:\n  - x\n  - {\xc3\xa9: \"\xc3\xa9\", d: 2}\n", "s");
  CHECK(place(v) == "1:1");
  CHECK(place(*v.find("a")) == "1:4");
  CHECK(place(*v.find("b")) == "3:3");
  const Value& inner = v.find("b")->items[1];
  CHECK(place(inner) == "4:5");
  CHECK(place(*inner.find("d")) == "4:17");
  CHECK(inner.entries[1].key_mark.column == 14);
}

TEST_CASE("An empty value is marked at its key") {
  const Value v = parse_yaml("a: 1\n  \nf:\n# comment\n\ng: {h: , i: 2}\nj:\n", "s");
  CHECK(place(*v.find("f")) == "3:1");
  CHECK(place(*v.find("j")) == "7:1");
  CHECK(place(*v.find("g")->find("h")) == "6:8");
}

TEST_CASE("An alias is a copy that is marked where the alias stands") {
  const Value v = parse_yaml("a: &x {b: [1, 2]}\nc: *x\nd: &y 3\n*y : *y\n", "s");
  CHECK(shown(v) == "{a: {b: [<1>, <2>]}, c: {b: [<1>, <2>]}, d: <3>, 3: <3>}");
  CHECK(place(*v.find("c")) == "2:4");
  CHECK(place(*v.find("c")->find("b")) == "1:11");
}

TEST_CASE("Repeated keys are each reported, with the line of the first") {
  CHECK(mistake("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n'a': 4") ==
        "s:3:1: the key 'a' is given twice, first in line 1.\n"
        "s:4:11: the key 'd' is given twice, first in line 4.\n"
        "s:5:1: the key 'a' is given twice, first in line 1.");
}

TEST_CASE("Merge keys are refused, a quoted << is text") {
  CHECK(mistake("a: &x {b: 1}\nc:\n  <<: *x") ==
        "s:3:3: merge keys ('<<') are not supported; write the keys themselves.");
  CHECK(read("'<<': 1") == "{<<: <1>}");
}

TEST_CASE("Keys must be text") {
  CHECK(mistake("? [1, 2]\n: x") == "s:1:3: expected text as the key, found a list.");
  CHECK(mistake("{a: 1}: x") == "s:1:1: expected text as the key, found a mapping.");
  CHECK(mistake("~: x") == "s:1:1: expected text as the key, found nothing.");
  CHECK(mistake("a: {: 1}") == "s:1:5: expected text as the key, found nothing.");
  CHECK(mistake("a: {b: 1,,c: 2}") == "s:1:10: expected text as the key, found nothing.");
}

TEST_CASE("An alias within its own value is refused") {
  CHECK(mistake("a: &a [*a]") == "s:1:8: this alias stands inside the value that it names.");
  CHECK(mistake("&a {b: {c: *a}}") == "s:1:12: this alias stands inside the value that it names.");
}

TEST_CASE("An alias of nothing is refused") {
  CHECK(mistake("a: *b") == "s:1:4: no anchor of this name stands above this alias.");
  CHECK(mistake("a: *b\nb: &b 1") == "s:1:4: no anchor of this name stands above this alias.");
}

TEST_CASE("Aliases that expand without bound are refused") {
  std::string laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string above = "*a" + std::to_string(i - 1);
    const std::string name = "a" + std::to_string(i);
    laughs += name + ": &" + name + " [" + repeat(above + ", ", 8) + above + "]\n";
  }
  CHECK(mistake(laughs) ==
        "s:5:5: the document holds more than 100000 values, each alias counted as all that it "
        "stands for.");
}

TEST_CASE("A long text counts for more when aliases repeat it") {
  const std::string text =
      "a: &x '" + std::string(900000, 'x') + "'\nb: [" + repeat("*x, ", 20) + "1]";
  CHECK(mistake(text) ==
        "s:2:41: the document holds more than 100000 values, each alias counted as all that it "
        "stands for.");
}

TEST_CASE("A document of too many values is refused") {
  CHECK(mistake("[" + repeat("1,", 150000) + "1]") ==
        "s:1:200002: the document holds more than 100000 values, each alias counted as all that "
        "it stands for.");
  CHECK(parse_yaml("[" + repeat("1,", 99998) + "1]", "s").items.size() == 99999);
}

TEST_CASE("Lists and mappings may be nested 100 deep and no deeper") {
  const auto nested = [](int depth) { return repeat("[", depth) + repeat("]", depth); };
  CHECK(read(nested(100)) == nested(100));
  const std::string too_deep = ": lists and mappings are nested more than 100 levels deep.";
  CHECK(mistake(nested(101)) == "s:1:101" + too_deep);
  CHECK(mistake(nested(100000)) == "s:1:101" + too_deep);
  CHECK(mistake(repeat("[", 100000)) == "s:1:51" + too_deep);
  CHECK(mistake(repeat("{a: ", 100000)) == "s:1:397" + too_deep);
  CHECK(mistake(repeat("- ", 100000)) == "s:1:201" + too_deep);
  CHECK(mistake(repeat("? ", 100000)) == "s:1:201" + too_deep);
  std::string block;
  for (int i = 0; i < 1400; ++i) block += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  CHECK(mistake(block) == "s:101:101" + too_deep);
  std::string stairs = "a0: &a0 [1]\n";
  for (int i = 1; i < 200; ++i)
    stairs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" +
              std::to_string(i - 1) + "]\n";
  CHECK(mistake(stairs) == "s:100:12" + too_deep);
}

TEST_CASE("Quotes that are never closed are refused, however the text ends") {
  const std::string never = ": quotes that open after this place are never closed.";
  CHECK(mistake("a: 'x") == "s:1:1" + never);
  CHECK(mistake("a: 'x\n") == "s:1:1" + never);
  CHECK(mistake("a: 1\nb: \"x\n\n  ") == "s:2:1" + never);
  CHECK(mistake("a: 1\nb:\n  - c\n  - 'x\n  - y\n") == "s:3:5" + never);
  CHECK(mistake("'x\n") == "s:1:1" + never);
}

TEST_CASE("Brackets that are never closed are named where they open") {
  CHECK(mistake("a: [1, 2\nb: 3\n") == "s:1:4: this list is not closed: expected ',' or ']'.");
  CHECK(mistake("a: {x: 1\n") == "s:1:4: this mapping is not closed: expected ',' or '}'.");
  CHECK(mistake("a: {x: 1 y: 2}") == "s:1:4: this mapping is not closed: expected ',' or '}'.");
  CHECK(mistake("a: ]") == "s:1:4: this bracket closes nothing.");
}

TEST_CASE("Empty items of a list are refused") {
  CHECK(mistake("a: [1,,2]") ==
        "s:1:4: item 2 of this list is empty; write null where that is meant.");
  CHECK(mistake("- 1\n-\n- 2") ==
        "s:1:1: item 2 of this list is empty; write null where that is meant.");
  CHECK(read("[1, 2,]") == "[<1>, <2>]");
}

TEST_CASE("Tags are refused") {
  CHECK(mistake("a: !!int 3\nb: !mine {c: 1}\nd: !!str\ne: !!seq [1]") ==
        "s:1:4: the tag '!!int' is not supported; write the value without it.\n"
        "s:2:4: the tag '!mine' is not supported; write the value without it.\n"
        "s:3:4: the tag '!!str' is not supported; write the value without it.\n"
        "s:4:4: the tag '!!seq' is not supported; write the value without it.");
  CHECK(read("a: ! 12") == "{a: '12'}");
}

TEST_CASE("A second document, wrong indentation and trailing text are refused") {
  const std::string ends =
      ": the document ends before this place, and a file holds only one: check the indentation "
      "here and the brackets and quotes above.";
  CHECK(mistake("a: 1\n---\nb: 2") == "s:2:1" + ends);
  CHECK(mistake("a: 1\n...\nb: 2") == "s:3:1" + ends);
  CHECK(mistake("  a: 1\n b: 2") == "s:2:2" + ends);
  CHECK(mistake("{a: 1} xyz") == "s:1:8" + ends);
  CHECK(mistake("- a\nb: 1") == "s:2:1" + ends);
  CHECK(mistake("a: {b: 1, b: 2}\n---\n") ==
        "s:1:11: the key 'b' is given twice, first in line 1.\ns:2:1" + ends);
}

TEST_CASE("Tabs that indent or join words are refused, tabs in quotes are text") {
  const std::string tab = ": a tab stands here; indent and separate with spaces.";
  CHECK(mistake("a:\n\tb: 1") == "s:2:3: a tab indents this line; indent with spaces.");
  CHECK(read("a:\n  \tb\n") == "{a: <b>}");
  CHECK(mistake("a: x\ty") == "s:1:4" + tab);
  CHECK(read("a: 'x\ty'") == "{a: 'x\ty'}");
}

TEST_CASE("What is not YAML says what was expected") {
  CHECK(mistake("a: b: c") ==
        "s:1:5: no value can begin at this ':'; put text that holds ': ' in quotes, and check that "
        "the line above has its own ':'.");
  CHECK(mistake("a: 1\nfoo\nb: 2") ==
        "s:3:2: no value can begin at this ':'; put text that holds ': ' in quotes, and check that "
        "the line above has its own ':'.");
  const std::string pair =
      ": expected 'key: value' here; check the indentation, the ': ' and the quotes.";
  CHECK(mistake("a: 1\nfoo\n") == "s:2:1" + pair);
  CHECK(mistake("a: \"x\" y") == "s:1:8" + pair);
  CHECK(mistake("a: 1\n- b") == "s:2:1" + pair);
  CHECK(mistake("- \"x\" y") ==
        "s:1:7: expected '- item' here; check the indentation and the quotes.");
  CHECK(mistake("a: - b") == "s:1:4: no list item can begin at this '-'; check the indentation.");
  CHECK(mistake("a: @x") ==
        "s:1:4: no value can begin with this character; put the text in quotes.");
  CHECK(mistake("a: \"\\q\"") == "s:1:7: this is not YAML: unknown escape character: q.");
  CHECK(mistake("a: \"x\\_\"") ==
        "s:1:4: the escapes \\N and \\_ are not supported; write \\u0085, \\u00a0.");
}

TEST_CASE("A text without a document is refused") {
  const std::string nothing = "s: holds no YAML: it is empty, or has only comments.";
  CHECK(mistake("") == nothing);
  CHECK(mistake(" \n\n") == nothing);
  CHECK(mistake("# nothing\n") == nothing);
}

TEST_CASE("Bytes that are not text are refused") {
  const auto bad = [](const std::string& where, const std::string& byte) {
    return "s:" + where + ": the byte 0x" + byte + " is not text; expected YAML in UTF-8.";
  };
  CHECK(mistake(std::string("a: 1\nb: \0x\n", 11)) == bad("2:4", "00"));
  CHECK(mistake("a: \x04") == bad("1:4", "04"));
  CHECK(mistake("a: \x7f") == bad("1:4", "7f"));
  CHECK(mistake("a: 1\rb: 2\n") == bad("1:5", "0d"));
  CHECK(mistake("a: \xc3\xa9\xff") == bad("1:5", "ff"));
  CHECK(mistake("a: \xc3") == bad("1:4", "c3"));
  CHECK(mistake("\xc0\xaf") == bad("1:1", "c0"));
  CHECK(mistake("\xed\xa0\x80") == bad("1:1", "ed"));
  CHECK(mistake("\xf4\x90\x80\x80") == bad("1:1", "f4"));
  CHECK(mistake("\x89HDF\r\n\x1a\n") == bad("1:1", "89"));
  CHECK(mistake(std::string("\xff\xfe"
                            "a\0",
                            4)) == bad("1:1", "ff"));
  CHECK(read("\xf0\x9f\x98\x80: \xe2\x82\xac") == "{\xf0\x9f\x98\x80: <\xe2\x82\xac>}");
}

TEST_CASE("A text of more than 1 MiB is refused") {
  const std::string comment = "a: 1 #";
  CHECK(read(comment + std::string((1 << 20) - comment.size(), 'x')) == "{a: <1>}");
  CHECK(mistake(comment + std::string((1 << 20) - comment.size() + 1, 'x')) ==
        "s: is larger than 1 MiB, the most that a spec may have.");
}
