#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// A tensor in memory, row major; its elements are floats or doubles.
struct NamedTensor {
  std::string name;
  std::vector<std::uint64_t> shape;
  std::vector<char> bytes;
};

// Writes tensors as the safetensors library reads them: the length of a header in JSON, the header,
// the elements. `element_bytes` is 4 or 8; `notes` are texts that go with the file. Throws
// DataError where it cannot be written.
void write_safetensors(const std::string& path, const std::vector<NamedTensor>& tensors,
                       std::size_t element_bytes,
                       const std::vector<std::pair<std::string, std::string>>& notes);

}  // namespace saddle
