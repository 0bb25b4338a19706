#include "fuzz/input_file.hpp"
#include "io/gzip.hpp"

#include <vector>

using namespace saddle;

// The last byte chooses how much is asked for at a time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file;
  if (size == 0) return 0;
  constexpr std::size_t kCounts[] = {1, 7, 512, 4096};
  constexpr std::size_t kCalls = 300;  // a reader that knows its size asks for no more
  return fuzz::try_to([&] {
    ByteSource source(file.holding(fuzz::view(data, size - 1)));
    std::vector<unsigned char> block(kCounts[data[size - 1] % 4]);
    std::size_t got = block.size();
    std::uint64_t read = 0;
    for (std::size_t call = 0; call < kCalls && got == block.size(); ++call, read += got) {
      if (source.position() != read) std::abort();
      got = source.read(block.data(), block.size());
    }
    source.place(source.position());
  });
}
