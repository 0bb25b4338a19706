#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>

#include "error_text.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

TEST_CASE("The SHA-256 of a file is that of all its bytes, or an error") {
  const TemporaryFolder folder;
  // The second is FIPS 180-2, appendix B.1.
  CHECK(sha256_file(folder.file("empty", "")) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_file(folder.file("short", "abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const std::string million(1000000, 'a');
  CHECK(sha256_file(folder.file("long", million)) == sha256_hex(million));
  CHECK(error_text<DataError>([&] { sha256_file(folder.file("")); }) ==
        folder.file("") + ": cannot be read to its end: it is no file, or damaged.");
  CHECK(error_text<DataError>([&] { sha256_file(folder.file("none")); }) ==
        folder.file("none") + ": cannot be read: No such file or directory.");
}
