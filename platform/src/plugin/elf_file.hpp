#pragma once

#include <elf.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saddle {

// A run of bytes of a file.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

// A shared library for this machine, read as bytes: it is neither mapped nor run. dlopen of a
// truncated file kills the process by SIGBUS, so everything that dlopen would map is checked here.
class ElfFile {
 public:
  // Throws PluginError where the file is not a whole shared library for this machine.
  explicit ElfFile(const std::string& path);

  const std::string& path() const { return path_; }
  // The contents of every section of this name. Throws PluginError where the table is damaged.
  std::vector<Extent> sections(std::string_view name) const;
  // Throws PluginError where the bytes lie past the end of the file.
  void read(std::uint64_t offset, void* to, std::size_t count) const;
  template <class T>
  T read_as(std::uint64_t offset) const {
    T value;
    read(offset, &value, sizeof value);
    return value;
  }
  template <class T>
  std::vector<T> read_table(std::uint64_t offset, std::size_t count) const {
    std::vector<T> table(count);
    read(offset, table.data(), count * sizeof(T));
    return table;
  }

 private:
  // Owns an open file.
  class Descriptor {
   public:
    explicit Descriptor(const std::string& path);
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }

   private:
    int number_;
  };

  void check_regular();
  void check_identity() const;
  void check_machine() const;
  void check_segments() const;
  // Keeps the table.
  void check_sections();
  void check_inside(const std::string& what, Extent extent) const;
  [[noreturn]] void refuse_as_damaged(const std::string& what) const;

  std::string path_;
  Descriptor descriptor_;
  std::uint64_t size_ = 0;
  std::vector<Elf64_Shdr> sections_;
  std::uint64_t names_ = 0;  // the number of the section of their names
};

}  // namespace saddle
