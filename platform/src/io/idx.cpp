#include <saddle/io/idx.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "io/gzip.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace saddle {
namespace {

constexpr std::uint64_t kLargestArray = std::uint64_t{4} << 30;  // bytes
constexpr std::uint64_t kFirstBlock = std::uint64_t{1} << 16;    // bytes

[[noreturn]] void fail(const ByteSource& source, std::uint64_t position, const std::string& what) {
  throw DataError(source.path() + ": " + source.place(position) + ": " + what);
}

void read_header(ByteSource& source, std::uint8_t* out, std::size_t count) {
  if (source.read(out, count) < count)
    fail(source, source.position(),
         "the file ends within the header of the IDX format. Fetch the file again.");
}

std::string hexadecimal(std::uint8_t byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  return std::string("0x") + kDigits[byte >> 4] + kDigits[byte & 15];
}

// The types of the format that are no unsigned bytes.
std::string type_name(std::uint8_t type) {
  switch (type) {
    case 0x09:
      return " (signed bytes)";
    case 0x0b:
      return " (16-bit integers)";
    case 0x0c:
      return " (32-bit integers)";
    case 0x0d:
      return " (floats)";
    case 0x0e:
      return " (doubles)";
    default:
      return "";
  }
}

// "60000 x 28 x 28"
std::string sizes_text(const std::vector<std::uint64_t>& shape) {
  std::vector<std::string> sizes;
  for (const std::uint64_t size : shape) sizes.push_back(std::to_string(size));
  return join(sizes, " x ");
}

// Nothing where the product exceeds the limit.
std::optional<std::uint64_t> byte_count(const std::vector<std::uint64_t>& shape) {
  if (std::find(shape.begin(), shape.end(), 0u) != shape.end()) return 0;
  std::uint64_t count = 1;
  for (const std::uint64_t size : shape) {
    if (size > kLargestArray / count) return std::nullopt;
    count *= size;
  }
  return count;
}

std::vector<std::uint64_t> read_shape(ByteSource& source) {
  std::array<std::uint8_t, 4> word{};
  if (source.read(word.data(), 1) == 0)
    throw DataError(source.path() + ": expected a file in IDX format, found an empty one.");
  read_header(source, word.data() + 1, 3);
  if (word[0] != 0 || word[1] != 0)
    fail(source, 0,
         "expected 0x00 0x00, with which the IDX format begins, found " + hexadecimal(word[0]) +
             " " + hexadecimal(word[1]) + ". Is this another kind of file?");
  if (word[2] != 0x08)
    fail(source, 2,
         "expected type 0x08 (unsigned bytes), found " + hexadecimal(word[2]) + type_name(word[2]) +
             ". Convert the file to unsigned bytes, or use the npy format.");
  if (word[3] == 0) fail(source, 3, "expected at least one dimension, found none.");
  std::vector<std::uint64_t> shape(word[3]);
  for (std::uint64_t& size : shape) {
    read_header(source, word.data(), 4);
    size = 0;
    for (const std::uint8_t byte : word) size = size << 8 | byte;
  }
  return shape;
}

}  // namespace

IdxArray read_idx(const std::string& path) {
  ByteSource source(path);
  IdxArray array;
  array.shape = read_shape(source);
  const auto count = byte_count(array.shape);
  if (!count)
    fail(source, 4,
         "the sizes " + sizes_text(array.shape) + " make more than " +
             std::to_string(kLargestArray) + " bytes, the most that is read. Split the file.");
  const std::uint64_t start = source.position();
  while (array.bytes.size() < *count) {
    const std::size_t have = array.bytes.size();
    array.bytes.resize(std::min(*count, std::max(kFirstBlock, 2 * std::uint64_t{have})));
    const std::size_t wanted = array.bytes.size() - have;
    if (source.read(array.bytes.data() + have, wanted) < wanted)
      fail(source, source.position(),
           "the file ends after " + std::to_string(source.position() - start) + " of the " +
               sizes_text(array.shape) + " = " + std::to_string(*count) +
               " bytes that its header announces. Fetch the file again.");
  }
  std::uint8_t beyond = 0;
  if (source.read(&beyond, 1) > 0)
    fail(source, start + *count,
         "expected the end of the file after " + sizes_text(array.shape) + " = " +
             std::to_string(*count) + " bytes of data, found more. Fetch the file again.");
  return array;
}

}  // namespace saddle
