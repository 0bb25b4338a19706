#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

// A fuzz target without the fuzzer, for compilers that have none: reads the inputs of the folders
// that are named. Those that are missing hold none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void read(const std::filesystem::path& path) {
  std::fprintf(stderr, "%s\n", path.c_str());  // the last one is the culprit
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  // On the heap and of just this size, so that the address sanitizer sees what is read beyond.
  const auto exact = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), exact.get());
  LLVMFuzzerTestOneInput(exact.get(), bytes.size());
}

}  // namespace

int main(int count, char** folders) {
  int inputs = 0;
  for (int i = 1; i < count; ++i) {
    if (!std::filesystem::exists(folders[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folders[i])) {
      read(entry.path());
      ++inputs;
    }
  }
  return inputs > 0 ? 0 : 1;
}
