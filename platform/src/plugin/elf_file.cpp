#include "plugin/elf_file.hpp"

#include <saddle/base/error.hpp>

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

#if !defined(__x86_64__)
#error "The host is built for x86-64; another machine needs its ELF number here."
#endif

namespace saddle {
namespace {

std::string machine_name(unsigned machine) {
  switch (machine) {
    case EM_386:
      return "i386";
    case EM_ARM:
      return "ARM";
    case EM_AARCH64:
      return "AArch64";
    case EM_PPC64:
      return "PowerPC64";
    case EM_RISCV:
      return "RISC-V";
    case EM_S390:
      return "S/390";
    default:
      return "ELF machine " + std::to_string(machine);
  }
}

std::string type_name(unsigned type) {
  switch (type) {
    case ET_REL:
      return "an object file";
    case ET_EXEC:
      return "an executable";
    case ET_CORE:
      return "a core dump";
    default:
      return "ELF type " + std::to_string(type);
  }
}

}  // namespace

ElfFile::Descriptor::Descriptor(const std::string& path)
    // Without O_NONBLOCK a named pipe would wait for a writer.
    : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (number_ >= 0) return;
  const std::string reason =
      errno == ENOENT ? " does not exist" : std::string(" cannot be read: ") + std::strerror(errno);
  throw PluginError(path + reason + ". Give the path of a plugin library (.so).");
}

ElfFile::Descriptor::~Descriptor() { ::close(number_); }

ElfFile::ElfFile(const std::string& path) : path_(path), descriptor_(path) {
  check_regular();
  check_identity();
  check_machine();
  check_segments();
  check_sections();
}

void ElfFile::read(std::uint64_t offset, void* to, std::size_t count) const {
  check_inside("a part of it", {offset, count});
  char* next = static_cast<char*>(to);
  while (count > 0) {
    const ssize_t got = ::pread(descriptor_.get(), next, count, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw PluginError(path_ + " cannot be read: " + std::strerror(errno) + ".");
    if (got == 0) throw PluginError(path_ + " shrank while it was read. Copy or build it again.");
    next += got;
    offset += static_cast<std::uint64_t>(got);
    count -= static_cast<std::size_t>(got);
  }
}

void ElfFile::refuse_as_damaged(const std::string& what) const {
  throw PluginError(path_ + " is damaged: " + what + ". Copy or build it again.");
}

void ElfFile::check_inside(const std::string& what, Extent extent) const {
  if (extent.size <= size_ && extent.offset <= size_ - extent.size) return;
  throw PluginError(path_ + " is truncated: " + what + " lies past its end at byte " +
                    std::to_string(size_) + ". Copy or build it again.");
}

void ElfFile::check_regular() {
  struct stat status = {};
  if (::fstat(descriptor_.get(), &status) != 0) {
    throw PluginError(path_ + " cannot be read: " + std::strerror(errno) + ".");
  }
  if (S_ISDIR(status.st_mode)) {
    throw PluginError(path_ + " is a folder, not a plugin library. Name a .so file in it.");
  }
  if (!S_ISREG(status.st_mode)) {
    throw PluginError(path_ + " is a pipe or a device, not a plugin library. Name a .so file.");
  }
  if (status.st_size == 0) {
    throw PluginError(path_ + " is empty, not a plugin library. Copy or build it again.");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

void ElfFile::check_identity() const {
  unsigned char identity[EI_NIDENT] = {};
  read(0, identity, size_ < EI_NIDENT ? static_cast<std::size_t>(size_) : EI_NIDENT);
  if (std::memcmp(identity, ELFMAG, SELFMAG) != 0) {
    throw PluginError(path_ +
                      " is not an ELF file, so it is no plugin library. "
                      "Give a library (.so) that saddle_add_plugin built.");
  }
  check_inside("its header", {0, sizeof(Elf64_Ehdr)});
  const std::string built_for = path_ + " was built for a ";
  if (identity[EI_CLASS] != ELFCLASS64) {
    throw PluginError(built_for + "32-bit machine (host 64-bit). Rebuild it for this host.");
  }
  if (identity[EI_DATA] != ELFDATA2LSB) {
    throw PluginError(built_for +
                      "big-endian machine (host little-endian). "
                      "Rebuild it for this host.");
  }
}

void ElfFile::check_machine() const {
  const auto header = read_as<Elf64_Ehdr>(0);
  if (header.e_machine != EM_X86_64) {
    throw PluginError(path_ + " was built for another machine: " + machine_name(header.e_machine) +
                      " (host x86-64). Rebuild it for this host.");
  }
  if (header.e_type != ET_DYN) {
    throw PluginError(path_ + " is " + type_name(header.e_type) +
                      ", not a shared library. Build it with saddle_add_plugin.");
  }
}

void ElfFile::check_segments() const {
  const auto header = read_as<Elf64_Ehdr>(0);
  if (header.e_phnum == 0 || header.e_phentsize != sizeof(Elf64_Phdr)) {
    refuse_as_damaged("it has no segment table of this machine's form");
  }
  check_inside("its segment table", {header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr)});
  const auto segments = read_table<Elf64_Phdr>(header.e_phoff, header.e_phnum);
  for (std::size_t i = 0; i < segments.size(); ++i)
    if (segments[i].p_type == PT_LOAD)
      check_inside("segment " + std::to_string(i), {segments[i].p_offset, segments[i].p_filesz});
}

void ElfFile::check_sections() {
  const auto header = read_as<Elf64_Ehdr>(0);
  if (header.e_shnum == 0) return;
  if (header.e_shentsize != sizeof(Elf64_Shdr)) {
    refuse_as_damaged("it has no section table of this machine's form");
  }
  check_inside("its section table", {header.e_shoff, header.e_shnum * sizeof(Elf64_Shdr)});
  sections_ = read_table<Elf64_Shdr>(header.e_shoff, header.e_shnum);
  names_ = header.e_shstrndx;
  for (std::size_t i = 0; i < sections_.size(); ++i)
    if (sections_[i].sh_type != SHT_NOBITS)
      check_inside("section " + std::to_string(i), {sections_[i].sh_offset, sections_[i].sh_size});
}

std::vector<Extent> ElfFile::sections(std::string_view name) const {
  if (sections_.empty()) return {};
  if (names_ >= sections_.size()) refuse_as_damaged("it has no table of section names");
  const Elf64_Shdr& names = sections_[names_];
  std::vector<Extent> found;
  std::string present(name.size() + 1, ' ');  // with the zero that ends a name
  for (const Elf64_Shdr& section : sections_) {
    if (section.sh_type == SHT_NOBITS) continue;
    if (section.sh_name > names.sh_size || names.sh_size - section.sh_name < present.size()) {
      continue;
    }
    read(names.sh_offset + section.sh_name, present.data(), present.size());
    if (present.compare(0, name.size(), name) == 0 && present.back() == '\0') {
      found.push_back({section.sh_offset, section.sh_size});
    }
  }
  return found;
}

}  // namespace saddle
