#include <saddle/io/npy.hpp>

#include "fuzz/input_file.hpp"

using namespace saddle;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file;
  return fuzz::try_to([&] {
    const NumberArray array = read_npy(file.holding(fuzz::view(data, size)));
    std::uint64_t count = 1;
    for (const std::uint64_t length : array.shape) count *= length;
    if (array.values.size() != count) std::abort();
  });
}
