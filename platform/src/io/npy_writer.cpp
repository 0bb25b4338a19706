#include "io/npy_writer.hpp"

#include <saddle/base/error.hpp>

#include "io/durable.hpp"

#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <numeric>
#include <utility>

namespace saddle {
namespace {

// The data begin at a multiple of this.
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kBeforeText = 10;

// Magic bytes, version, length of the text, the text: a Python dictionary.
std::string header(const std::vector<std::uint64_t>& shape, std::size_t element_bytes) {
  std::string text =
      "{'descr': '<f" + std::to_string(element_bytes) + "', 'fortran_order': False, 'shape': (";
  for (const std::uint64_t size : shape) text += std::to_string(size) + ",";
  text += "), }";
  const std::size_t whole = kBeforeText + text.size() + 1;
  text.append((kAlignment - whole % kAlignment) % kAlignment, ' ');
  text += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(text.size() & 0xff);
  bytes += static_cast<char>(text.size() >> 8);
  return bytes + text;
}

}  // namespace

NpyWriter::NpyWriter(std::string path, const std::vector<std::uint64_t>& shape,
                     std::size_t element_bytes)
    : path_(std::move(path)),
      partial_(path_ + ".partial"),
      element_bytes_(element_bytes),
      left_(std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>())),
      out_(partial_, std::ios::binary | std::ios::trunc) {
  const std::string begin = header(shape, element_bytes);
  out_.write(begin.data(), static_cast<std::streamsize>(begin.size()));
  check();
}

NpyWriter::~NpyWriter() {
  std::error_code ignored;
  std::filesystem::remove(partial_, ignored);
}

void NpyWriter::check() const {
  if (!out_) throw DataError(path_ + ": cannot be written: " + std::strerror(errno) + ".");
}

void NpyWriter::write(const void* elements, std::size_t count) {
  assert(count <= left_);
  left_ -= count;
  out_.write(static_cast<const char*>(elements),
             static_cast<std::streamsize>(count * element_bytes_));
  check();
}

void NpyWriter::finish() {
  assert(left_ == 0);
  out_.close();
  check();
  sync_file(partial_, path_);
  rename_durably(partial_, path_);
}

}  // namespace saddle
