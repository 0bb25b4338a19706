#include "plugin/elf_note.hpp"
#include "plugin/plugin_files.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace saddle;
using namespace saddle::test;

namespace {

// A place where damage matters: the tables and the notes more often than the code.
std::size_t place(const std::string& whole, std::mt19937& random) {
  const Elf64_Ehdr header = elf_header(whole);
  switch (random() % 5) {
    case 0:
      return random() % sizeof(Elf64_Ehdr);
    case 1:
      return header.e_phoff + random() % (header.e_phnum * sizeof(Elf64_Phdr));
    case 2:
      return header.e_shoff + random() % (header.e_shnum * sizeof(Elf64_Shdr));
    case 3: {
      Elf64_Shdr notes;
      std::memcpy(&notes, whole.data() + section_entry(whole, kNoteSection), sizeof notes);
      return notes.sh_offset + random() % notes.sh_size;
    }
    default:
      return random() % whole.size();
  }
}

std::string damaged(const std::string& whole, std::mt19937& random) {
  constexpr unsigned char kTelling[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
  std::string bytes = whole;
  for (std::size_t left = 1 + random() % 4; left > 0; --left) {
    const std::size_t at = place(whole, random);
    const std::size_t count = std::min<std::size_t>(1 + random() % 8, bytes.size() - at);
    const auto value = random() % 2 == 0 ? kTelling[random() % 5] : random() % 256;
    for (std::size_t i = 0; i < count; ++i) bytes[at + i] = static_cast<char>(value);
  }
  if (random() % 8 == 0) bytes.resize(random() % (2 * bytes.size()));
  return bytes;
}

}  // namespace

TEST_CASE("Whatever the bytes of a library, its notes are read or it is refused") {
  const TemporaryFolder folder;
  const std::string whole = read_bytes(fixture("several"));
  const std::string path = folder / "damaged.so";
  std::mt19937 random(1);
  int read = 0, refused = 0;
  for (int round = 0; round < 4000; ++round) {
    write_bytes(path, damaged(whole, random));
    CAPTURE(round);
    try {
      const std::vector<PluginNote> notes = read_notes(path);
      REQUIRE(!notes.empty());
      REQUIRE(notes.size() <= 256);
      ++read;
    } catch (const PluginError& error) {
      REQUIRE(std::string(error.what()).find(path + " ") == 0);
      ++refused;
    }
  }
  CHECK(read > 400);
  CHECK(refused > 400);
}
