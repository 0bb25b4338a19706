#include "base/utf8.hpp"

#include <catch2/catch.hpp>

using saddle::is_printable_utf8;
using namespace std::string_view_literals;

TEST_CASE("Text of one to four bytes a character is printable UTF-8") {
  CHECK(is_printable_utf8(""));
  CHECK(is_printable_utf8("a b~"));
  CHECK(is_printable_utf8("Rényi, χ², ∞, 𝔼"));
}

TEST_CASE("Control characters and malformed bytes are no printable UTF-8") {
  CHECK_FALSE(is_printable_utf8("a\nb"));
  CHECK_FALSE(is_printable_utf8("\x7F"));
  CHECK_FALSE(is_printable_utf8("\xC2\x85"));          // a control character of two bytes
  CHECK_FALSE(is_printable_utf8("\x80"));              // a continuation alone
  CHECK_FALSE(is_printable_utf8("\xC3"));              // cut
  CHECK_FALSE(is_printable_utf8("\xC3("));             // no continuation
  CHECK_FALSE(is_printable_utf8("\xC0\xAF"));          // '/' in two bytes
  CHECK_FALSE(is_printable_utf8("\xE0\x80\xAF"));      // '/' in three bytes
  CHECK_FALSE(is_printable_utf8("\xED\xA0\x80"));      // half of a surrogate pair
  CHECK_FALSE(is_printable_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
}
