#include <saddle/base/error.hpp>
#include <saddle/io/idx.hpp>

#include "error_text.hpp"
#include "temporary_folder.hpp"

#include <zlib.h>
#include <catch2/catch.hpp>

#include <sys/stat.h>

using saddle::DataError;
using saddle::read_idx;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

// The header of an array of unsigned bytes.
std::string header(std::initializer_list<std::uint32_t> sizes) {
  std::string text = bytes({0, 0, 8, static_cast<int>(sizes.size())});
  for (const std::uint32_t size : sizes)
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(size >> shift & 255);
  return text;
}

std::string gzip(const std::string& plain) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, plain.size()) + 64, '\0');
  std::string copy = plain;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

// What reading a file of these bytes says after "<path>: ".
std::string complaint(const std::string& content) {
  const TemporaryFolder folder;
  const std::string path = folder.file("images", content);
  const std::string text = error_text<DataError>([&] { read_idx(path); });
  REQUIRE(text.substr(0, path.size() + 2) == path + ": ");
  return text.substr(path.size() + 2);
}

const std::string kImages = header({2, 1, 3}) + bytes({1, 2, 3, 4, 5, 255});

}  // namespace

TEST_CASE("An IDX file gives shape and bytes, compressed or not") {
  const TemporaryFolder folder;
  const std::string half = kImages.substr(0, 18), rest = kImages.substr(18);
  for (const std::string& content : {kImages, gzip(kImages), gzip(half) + gzip(rest)}) {
    const auto array = read_idx(folder.file("images", content));
    CHECK(array.shape == std::vector<std::uint64_t>{2, 1, 3});
    CHECK(array.bytes == std::vector<std::uint8_t>{1, 2, 3, 4, 5, 255});
  }
}

TEST_CASE("An IDX file larger than every buffer is read whole") {
  const TemporaryFolder folder;
  std::string content = header({3, 1000003});
  for (std::uint32_t i = 0; i < 3000009; ++i) content += static_cast<char>(i * i >> 3);
  for (const std::string& file : {content, gzip(content)}) {
    const auto array = read_idx(folder.file("images", file));
    REQUIRE(array.bytes.size() == 3000009);
    CHECK(std::string(array.bytes.begin(), array.bytes.end()) == content.substr(12));
  }
}

TEST_CASE("An IDX array without elements is one") {
  const TemporaryFolder folder;
  CHECK(read_idx(folder.file("none", header({0, 28}))).bytes.empty());
  CHECK(read_idx(folder.file("none", header({0xffffffff, 0xffffffff, 0}))).bytes.empty());
}

TEST_CASE("What is no readable file is named") {
  const TemporaryFolder folder;
  const auto text = [](const std::string& path) {
    return error_text<DataError>([&] { read_idx(path); });
  };
  const std::string missing = folder.file("missing"), below = folder.file("plain", "x") + "/y";
  const std::string directory = folder.file(""), pipe = folder.file("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(text(missing) == missing + ": cannot be read: No such file or directory.");
  CHECK(text(below) == below + ": cannot be read: Not a directory.");
  CHECK(text(directory) == directory + ": expected a file, found a directory.");
  CHECK(text(pipe) == pipe + ": expected a file, found a pipe, socket or device.");
  // The address 0 of a process is never mapped, so that reading fails, for root too.
  CHECK(text("/proc/self/mem") == "/proc/self/mem: byte 0: cannot be read: Input/output error.");
}

TEST_CASE("A wrong header of an IDX file is refused at its byte") {
  CHECK(complaint("") == "expected a file in IDX format, found an empty one.");
  CHECK(complaint(bytes({0, 0, 8})) ==
        "byte 3: the file ends within the header of the IDX format. Fetch the file again.");
  CHECK(complaint(kImages.substr(0, 10)) ==
        "byte 10: the file ends within the header of the IDX format. Fetch the file again.");
  CHECK(complaint("PK\x03\x04") ==
        "byte 0: expected 0x00 0x00, with which the IDX format begins, found 0x50 0x4b. Is this "
        "another kind of file?");
  CHECK(complaint(bytes({0, 0, 13, 1, 0, 0, 0, 1})) ==
        "byte 2: expected type 0x08 (unsigned bytes), found 0x0d (floats). Convert the file to "
        "unsigned bytes, or use the npy format.");
  CHECK(complaint(bytes({0, 0, 7, 1, 0, 0, 0, 1})) ==
        "byte 2: expected type 0x08 (unsigned bytes), found 0x07. Convert the file to unsigned "
        "bytes, or use the npy format.");
  CHECK(complaint(bytes({0, 0, 8, 0})) == "byte 3: expected at least one dimension, found none.");
}

TEST_CASE("Sizes of an IDX file beyond 4 GiB are refused before any memory is taken") {
  CHECK(complaint(header({65536, 65537})) ==
        "byte 4: the sizes 65536 x 65537 make more than 4294967296 bytes, the most that is read. "
        "Split the file.");
  // The product is 2^128, which wraps around to 0.
  CHECK(complaint(header({0x80000000, 0x80000000, 0x80000000, 0x80000000, 16})) ==
        "byte 4: the sizes 2147483648 x 2147483648 x 2147483648 x 2147483648 x 16 make more than "
        "4294967296 bytes, the most that is read. Split the file.");
}

TEST_CASE("An IDX file that holds less or more than it announces is refused") {
  CHECK(complaint(kImages.substr(0, 20)) ==
        "byte 20: the file ends after 4 of the 2 x 1 x 3 = 6 bytes that its header announces. "
        "Fetch the file again.");
  CHECK(complaint(gzip(kImages.substr(0, 20))) ==
        "byte 20 of the inflated data: the file ends after 4 of the 2 x 1 x 3 = 6 bytes that its "
        "header announces. Fetch the file again.");
  CHECK(complaint(header({65536, 65536}) + "x") ==
        "byte 13: the file ends after 1 of the 65536 x 65536 = 4294967296 bytes that its header "
        "announces. Fetch the file again.");
  CHECK(complaint(kImages + "x") ==
        "byte 22: expected the end of the file after 2 x 1 x 3 = 6 bytes of data, found more. "
        "Fetch the file again.");
  // 16 MiB of zeros in 16 kB: the first byte too many is the last that is inflated.
  CHECK(complaint(gzip(kImages + std::string(std::size_t{1} << 24, '\0'))) ==
        "byte 22 of the inflated data: expected the end of the file after 2 x 1 x 3 = 6 bytes of "
        "data, found more. Fetch the file again.");
}

TEST_CASE("Damaged gzip data is refused at its byte of the compressed file") {
  const std::string packed = gzip(kImages);
  const std::string size = std::to_string(packed.size());
  CHECK(complaint(packed.substr(0, 15)) ==
        "byte 15: the gzip data ends too early. Fetch the file again.");
  CHECK(complaint(packed.substr(0, packed.size() - 1)) ==
        "byte " + std::to_string(packed.size() - 1) +
            ": the gzip data ends too early. Fetch the file again.");
  CHECK(complaint(packed.substr(0, 2)) ==
        "byte 2: the gzip data ends too early. Fetch the file again.");
  std::string wrong_sum = packed;
  wrong_sum[packed.size() - 8] ^= 1;
  CHECK(complaint(wrong_sum) ==
        "byte " + std::to_string(packed.size() - 4) +
            ": the gzip data is damaged: incorrect data check. Fetch the file again.");
  CHECK(complaint(packed + "xy") ==
        "byte " + std::to_string(packed.size() + 2) +
            ": the gzip data is damaged: incorrect header check. Fetch the file again.");
}
