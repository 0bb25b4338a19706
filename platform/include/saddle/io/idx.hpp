#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace saddle {

// An array of bytes, row major, as in the files of MNIST and its relatives.
struct IdxArray {
  std::vector<std::uint64_t> shape;
  std::vector<std::uint8_t> bytes;
};

// Reads an IDX file of unsigned bytes (type 0x08), gzip-compressed or not as its first bytes tell:
// two zero bytes, the type, the number of dimensions, one big-endian 32-bit size per dimension, the
// data. Memory grows with what the file really holds, never with what it only announces, and 4 GiB
// of data are the most that is read. Throws DataError with the byte position for every other file.
IdxArray read_idx(const std::string& path);

}  // namespace saddle
