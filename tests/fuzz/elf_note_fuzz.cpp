#include "fuzz/input_file.hpp"
#include "plugin/elf_note.hpp"

using namespace saddle;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file;
  return fuzz::try_to([&] {
    const std::vector<PluginNote> notes = read_notes(file.holding(fuzz::view(data, size)));
    if (notes.empty() || notes.size() > 256) std::abort();
  });
}
