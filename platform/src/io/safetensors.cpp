#include "io/safetensors.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "io/durable.hpp"

#include <string_view>

namespace saddle {
namespace {

// The data begin at a multiple of this.
constexpr std::size_t kAlignment = 8;

std::string entry(const NamedTensor& tensor, std::size_t element_bytes, std::size_t begin) {
  std::vector<std::string> sizes;
  for (const std::uint64_t size : tensor.shape) sizes.push_back(std::to_string(size));
  return json_quoted(tensor.name) + ":{\"dtype\":" + (element_bytes == 4 ? "\"F32\"" : "\"F64\"") +
         ",\"shape\":[" + join(sizes, ",") + "],\"data_offsets\":[" + std::to_string(begin) + "," +
         std::to_string(begin + tensor.bytes.size()) + "]}";
}

std::string header(const std::vector<NamedTensor>& tensors, std::size_t element_bytes,
                   const std::vector<std::pair<std::string, std::string>>& notes) {
  std::vector<std::string> entries, texts;
  for (const auto& [name, text] : notes)
    texts.push_back(json_quoted(name) + ":" + json_quoted(text));
  entries.push_back("\"__metadata__\":{" + join(texts, ",") + "}");
  std::size_t begin = 0;
  for (const NamedTensor& tensor : tensors) {
    entries.push_back(entry(tensor, element_bytes, begin));
    begin += tensor.bytes.size();
  }
  std::string text = "{" + join(entries, ",") + "}";
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  std::string length;
  for (int shift = 0; shift < 64; shift += 8)
    length += static_cast<char>(std::uint64_t{text.size()} >> shift & 0xff);
  return length + text;
}

}  // namespace

void write_safetensors(const std::string& path, const std::vector<NamedTensor>& tensors,
                       std::size_t element_bytes,
                       const std::vector<std::pair<std::string, std::string>>& notes) {
  const std::string begin = header(tensors, element_bytes, notes);
  std::vector<std::string_view> parts = {begin};
  for (const NamedTensor& tensor : tensors)
    parts.emplace_back(tensor.bytes.data(), tensor.bytes.size());
  replace_durably(path, parts);
}

}  // namespace saddle
