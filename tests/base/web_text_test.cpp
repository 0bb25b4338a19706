#include "base/base64.hpp"
#include "base/json.hpp"

#include <catch2/catch.hpp>

using namespace saddle;

// RFC 4648, section 10.
TEST_CASE("Bytes become letters of base 64") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64(std::string("\xff\xfe\x00", 3)) == "//4A");
}

TEST_CASE("A text for JSON is quoted, and bytes that are no UTF-8 are replaced") {
  CHECK(json_quoted("a\"\\\n") == "\"a\\\"\\\\\\n\"");
  CHECK(json_quoted("\xff") == "\"\xef\xbf\xbd\"");
}
