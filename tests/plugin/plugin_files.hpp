#pragma once

#include <saddle/base/error.hpp>
#include <saddle/plugin/note.hpp>

#include "places.hpp"

#include <catch2/catch.hpp>

#include <elf.h>
#include <stdlib.h>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

// Fixture libraries, and copies of them with chosen damage.
namespace saddle::test {

inline std::string fixture(const std::string& name) {
  return std::string(testing::kPluginFixtureFolder) + "/" + name + ".so";
}

// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "saddle-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = std::filesystem::canonical(pattern).string();
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// Changes the T at `offset` by `change(T&)`.
template <class T, class Change>
void edit(std::string& bytes, std::size_t offset, Change change) {
  T value;
  REQUIRE(offset + sizeof value <= bytes.size());
  std::memcpy(static_cast<void*>(&value), bytes.data() + offset, sizeof value);
  change(value);
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

inline Elf64_Ehdr elf_header(const std::string& bytes) {
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

// Where the entry of a section of this name stands in the section table.
inline std::size_t section_entry(const std::string& bytes, const std::string& name) {
  const Elf64_Ehdr header = elf_header(bytes);
  const auto at = [&](std::size_t i) { return header.e_shoff + i * sizeof(Elf64_Shdr); };
  Elf64_Shdr names, section;
  std::memcpy(&names, bytes.data() + at(header.e_shstrndx), sizeof names);
  for (std::size_t i = 0; i < header.e_shnum; ++i) {
    std::memcpy(&section, bytes.data() + at(i), sizeof section);
    if (bytes.c_str() + names.sh_offset + section.sh_name == name) return at(i);
  }
  throw std::runtime_error("no section " + name);
}

// Changes the first note of a library by `change(NoteRecord&)`.
template <class Change>
void edit_note(std::string& bytes, Change change) {
  Elf64_Shdr section;
  std::memcpy(&section, bytes.data() + section_entry(bytes, kNoteSection), sizeof section);
  edit<NoteRecord>(bytes, section.sh_offset, change);
}

// The text of the PluginError that `action` throws.
template <class Action>
std::string plugin_error(Action action) {
  try {
    action();
  } catch (const PluginError& error) {
    return error.what();
  }
  return "no PluginError";
}

}  // namespace saddle::test
