#include "report/chart.hpp"

#include "report/html.hpp"
#include "report/watch.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

using namespace saddle;

namespace {

using Numbers = std::vector<double>;

std::string drawn(const Numbers& y, bool may_be_log = false) {
  Numbers x;
  for (std::size_t i = 0; i < y.size(); ++i) x.push_back(static_cast<double>(i));
  return chart({{"c0", x, y, {}, {}, {}}}, may_be_log);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

// What the path of the only line draws.
std::string line_of(const std::string& svg) {
  const std::size_t begin = svg.find("d=\"", svg.find("class=\"line")) + 3;
  return svg.substr(begin, svg.find('"', begin) - begin);
}

}  // namespace

TEST_CASE("Ticks are round numbers within the range") {
  CHECK(round_ticks(0, 10, 5) == Numbers{0, 2, 4, 6, 8, 10});
  CHECK(round_ticks(0, 1000, 4) == Numbers{0, 500, 1000});
  CHECK(round_ticks(-0.5, 1.5, 4) == Numbers{-0.5, 0, 0.5, 1, 1.5});
  CHECK(round_ticks(3, 3, 4) == Numbers{3});
  CHECK(round_ticks(NAN, 3, 4).size() == 1);
}

// The frame is from 50 to 352 and from 188 up to 8; of values from 0 to 2 the margins are 0.1.
TEST_CASE("A line goes through its values") {
  CHECK(line_of(drawn({0, 2})) == "M50.0 179.8h0L352.0 16.2");
}

TEST_CASE("A line is broken where a value is not finite") {
  const std::string path = line_of(drawn({0, NAN, 1, 2, INFINITY, 1}));
  CHECK(count(path, "M") == 3);
  CHECK(count(path, "L") == 1);
}

TEST_CASE("The axis is logarithmic where the values ask for it") {
  const std::string log = drawn({0.001, 1, 1000}, true);
  CHECK(log.find(">0.001<") != std::string::npos);
  CHECK(log.find(">1000<") != std::string::npos);
  // Half way between the ends, where 1 lies between 0.001 and 1000.
  CHECK(line_of(log).find("L201.0 98.0L") != std::string::npos);
  CHECK(drawn({0.001, 1, 1000}, false).find(">0.001<") == std::string::npos);
  CHECK(drawn({0, 1, 1000}, true).find(">0.001<") == std::string::npos);
}

TEST_CASE("Bands, baselines and flags are drawn where there are some") {
  const std::string plain = drawn({1, 2});
  for (const char* part : {"class=\"band", "class=\"baseline", "class=\"flag"})
    CHECK(count(plain, part) == 0);
  const std::string whole =
      chart({{"c3", {0, 1}, {1, 2}, {0.5, NAN}, {0, 0}, {true, false}}}, false);
  CHECK(count(whole, "class=\"band c3\"") == 1);
  CHECK(count(whole, "class=\"baseline c3\"") == 1);
  CHECK(count(whole, "class=\"flag c3\"") == 1);
}

TEST_CASE("Charts of nothing and of one value are charts") {
  for (const std::string& svg : {drawn({}), drawn({NAN}), drawn({0}), drawn({1e-4, 1e-4})}) {
    CHECK(svg.rfind("<svg ", 0) == 0);
    CHECK(svg.find("nan") == std::string::npos);
    CHECK(svg.find("inf") == std::string::npos);
  }
  CHECK(drawn({1e-4, 1e-4}).find(">0.0001<") != std::string::npos);
}

TEST_CASE("What comes from a file is no part of the page") {
  CHECK(html::escaped("<b a=\"1\">&amp;") == "&lt;b a=&quot;1&quot;&gt;&amp;amp;");
  CHECK(html::element("p", "x", {{"class", "\"><script>"}}) ==
        "<p class=\"&quot;&gt;&lt;script&gt;\">x</p>");
  CHECK(html::table({"<"}, {{">"}}).find("<th>&lt;</th>") != std::string::npos);
}

TEST_CASE("The course of some values is a word of eight heights") {
  CHECK(spark_line({0, 7, NAN, 3.5}) == "▁█ ▅");
  CHECK(spark_line({2, 2}) == "▅▅");
  CHECK(spark_line({NAN, INFINITY}) == "  ");
  CHECK(spark_line({}).empty());
}
