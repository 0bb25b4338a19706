#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>
#include <csignal>
#include <cstdlib>

using namespace saddle;
using saddle::testing::error_text;
using End = ChildResult::End;

TEST_CASE("A child process gives back its text, of any length") {
  const std::string text(1 << 20, 'x');
  const ChildResult result = in_child([&] { return text; });
  CHECK(result.end == End::returned);
  CHECK(result.text == text);
  CHECK(in_child([] { return std::string(); }).end == End::returned);
}

TEST_CASE("What goes wrong in a child process is told apart") {
  const ChildResult threw = in_child([]() -> std::string { throw PluginError("no licence"); });
  CHECK(threw.end == End::threw);
  CHECK(threw.code == 3);
  CHECK(threw.text == "no licence");
  const ChildResult killed = in_child([] {
    raise(SIGKILL);
    return std::string();
  });
  CHECK(killed.end == End::crashed);
  CHECK(killed.code == SIGKILL);
  const ChildResult left = in_child([]() -> std::string { _exit(9); });
  CHECK(left.end == End::crashed);
  CHECK(left.code == 9);
  const ChildResult hung = in_child(
      []() -> std::string {
        while (true) pause();
      },
      {0.05, std::nullopt});
  CHECK(hung.end == End::timed_out);
}

TEST_CASE("The error of a child process is thrown in its parent") {
  CHECK(error_text<SpecError>([] {
          safely_in_child("x.h5", []() -> std::string { throw SpecError("expected one"); }, {});
        }) == "expected one");
  CHECK(error_text<DataError>([] {
          safely_in_child("x.h5",
                          []() -> std::string {
                            raise(SIGKILL);
                            return "";
                          },
                          {});
        }) == "x.h5: crashed (Killed).");
  CHECK(error_text<DataError>([] {
          safely_in_child("x.h5", []() -> std::string { _exit(71); }, {});
        }) == "x.h5: ended the process by itself, with code 71.");
  CHECK(error_text<DataError>([] {
          safely_in_child("x.h5",
                          []() -> std::string {
                            while (true) pause();
                          },
                          {0.05, std::nullopt});
        }) == "x.h5: took too long.");
}
