#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace saddle {

// Writes an array as numpy.load reads it (version 1.0, C order, little endian), piece by piece.
// Until it is finished the bytes lie beside the file, under another name, and are taken away where
// it never is.
class NpyWriter {
 public:
  // `element_bytes` is 4 or 8, those of a float or a double. Throws DataError, as all do, where it
  // cannot be written.
  NpyWriter(std::string path, const std::vector<std::uint64_t>& shape, std::size_t element_bytes);
  ~NpyWriter();
  NpyWriter(const NpyWriter&) = delete;
  NpyWriter& operator=(const NpyWriter&) = delete;

  // The next elements.
  void write(const void* elements, std::size_t count);
  // Puts the file in its place; all elements must have been written.
  void finish();

 private:
  void check() const;

  std::string path_, partial_;
  std::size_t element_bytes_;
  std::uint64_t left_;  // elements
  std::ofstream out_;
};

}  // namespace saddle
