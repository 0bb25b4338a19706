#include "plugin/elf_note.hpp"
#include "plugin/plugin_files.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

using namespace saddle;
using namespace saddle::test;
using namespace std::string_view_literals;

namespace {

std::string refusal(const std::string& path) {
  return plugin_error([&] { read_notes(path); });
}

// What read_notes says, behind the path, of a copy of several.so that `change(bytes)` has damaged.
template <class Change>
std::string refusal_of_changed(Change change) {
  const TemporaryFolder folder;
  std::string bytes = read_bytes(fixture("several"));
  change(bytes);
  const std::string path = folder / "changed.so";
  write_bytes(path, bytes);
  const std::string text = refusal(path);
  REQUIRE(text.substr(0, path.size() + 1) == path + " ");
  return text.substr(path.size() + 1);
}

template <class Change>
std::string refusal_of_header(Change change) {
  return refusal_of_changed([&](std::string& bytes) { edit<Elf64_Ehdr>(bytes, 0, change); });
}

template <class Change>
std::string refusal_of_note(Change change) {
  return refusal_of_changed([&](std::string& bytes) { edit_note(bytes, change); });
}

template <class Change>
std::string refusal_of_note_section(Change change) {
  return refusal_of_changed([&](std::string& bytes) {
    edit<Elf64_Shdr>(bytes, section_entry(bytes, kNoteSection), change);
  });
}

const std::string kEnd = ". Rebuild it with SADDLE_PLUGIN and saddle_add_plugin.";

}  // namespace

TEST_CASE("Every note of a stripped, garbage-collected library is read, by kind and name") {
  std::vector<std::string> plugins;
  for (const PluginNote& note : read_notes(fixture("several"))) {
    CHECK(note.path == fixture("several"));
    CHECK(note.build.scalar.view() == kBuildId.scalar.view());
    plugins.push_back(note.kind + " " + note.name + ": " + note.doc + " (" + note.symbol + ")");
  }
  CHECK_THAT(plugins,
             Catch::UnorderedEquals(std::vector<std::string>{
                 "generator mlp: fully connected generator (saddle_plugin_generator_MlpGenerator)",
                 "discriminator mlp: fully connected discriminator "
                 "(saddle_plugin_discriminator_MlpDiscriminator)",
                 "generator dcgan: transposed convolutions (saddle_plugin_generator_Dcgan)",
                 "metric renyi: Rényi divergence (saddle_plugin_metric_Renyi)"}));
}

TEST_CASE("What is no file is refused") {
  const TemporaryFolder folder;
  CHECK(refusal(folder / "absent.so") ==
        folder / "absent.so does not exist. Give the path of a plugin library (.so).");
  CHECK(refusal(folder.path()) ==
        folder.path() + " is a folder, not a plugin library. Name a .so file in it.");
  // Unreadable for root too.
  std::filesystem::create_symlink("loop.so", folder / "loop.so");
  CHECK(refusal(folder / "loop.so") ==
        folder /
            "loop.so cannot be read: Too many levels of symbolic links. "
            "Give the path of a plugin library (.so).");
  REQUIRE(::mkfifo((folder / "pipe.so").c_str(), 0600) == 0);
  CHECK(refusal(folder / "pipe.so") ==
        folder / "pipe.so is a pipe or a device, not a plugin library. Name a .so file.");
}

TEST_CASE("What is no shared library for this machine is refused") {
  CHECK(refusal_of_changed([](std::string& bytes) { bytes.clear(); }) ==
        "is empty, not a plugin library. Copy or build it again.");
  const std::string not_elf =
      "is not an ELF file, so it is no plugin library. "
      "Give a library (.so) that saddle_add_plugin built.";
  CHECK(refusal_of_changed([](std::string& bytes) { bytes = "int main() {}"; }) == not_elf);
  CHECK(refusal_of_changed([](std::string& bytes) { bytes = "\x7F"; }) == not_elf);
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_ident[EI_CLASS] = ELFCLASS32; }) ==
        "was built for a 32-bit machine (host 64-bit). Rebuild it for this host.");
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_ident[EI_DATA] = ELFDATA2MSB; }) ==
        "was built for a big-endian machine (host little-endian). Rebuild it for this host.");
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_machine = EM_AARCH64; }) ==
        "was built for another machine: AArch64 (host x86-64). Rebuild it for this host.");
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_machine = 999; }) ==
        "was built for another machine: ELF machine 999 (host x86-64). Rebuild it for this host.");
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_type = ET_REL; }) ==
        "is an object file, not a shared library. Build it with saddle_add_plugin.");
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_type = ET_EXEC; }) ==
        "is an executable, not a shared library. Build it with saddle_add_plugin.");
}

TEST_CASE("A library cut at any length is refused as truncated") {
  const TemporaryFolder folder;
  const std::string whole = read_bytes(fixture("several"));
  const std::string path = folder / "cut.so";
  for (std::size_t length = 4; length < whole.size(); length += length < 2000 ? 7 : 101) {
    write_bytes(path, whole.substr(0, length));
    const std::string text = refusal(path);
    CAPTURE(length, text);
    CHECK(text.find(path + " is truncated: ") == 0);
    CHECK(text.find(" lies past its end at byte " + std::to_string(length) +
                    ". Copy or build it again.") != std::string::npos);
  }
}

TEST_CASE("A refusal of a truncated library names the part that is missing") {
  CHECK(refusal_of_changed([](std::string& bytes) { bytes.resize(20); }) ==
        "is truncated: its header lies past its end at byte 20. Copy or build it again.");
  const std::string whole = read_bytes(fixture("several"));
  const std::string end =
      " lies past its end at byte " + std::to_string(whole.size()) + ". Copy or build it again.";
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_shoff = ~0ull; }) ==
        "is truncated: its section table" + end);
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_phoff = ~0ull; }) ==
        "is truncated: its segment table" + end);
  CHECK(refusal_of_note_section([](Elf64_Shdr& s) {
          s.sh_size = ~0ull;
        }).find("is truncated: section ") == 0);
  const std::size_t segments = elf_header(whole).e_phoff;
  CHECK(refusal_of_changed([&](std::string& bytes) {
          edit<Elf64_Phdr>(bytes, segments, [](Elf64_Phdr& segment) {
            segment.p_type = PT_LOAD;
            segment.p_filesz = ~0ull;
          });
        }) == "is truncated: segment 0" + end);
}

TEST_CASE("A library whose tables are of another form is refused as damaged") {
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_phnum = 0; }) ==
        "is damaged: it has no segment table of this machine's form. Copy or build it again.");
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_shentsize = 1; }) ==
        "is damaged: it has no section table of this machine's form. Copy or build it again.");
  CHECK(refusal_of_header([](Elf64_Ehdr& h) { h.e_shstrndx = 0xFFFF; }) ==
        "is damaged: it has no table of section names. Copy or build it again.");
}

TEST_CASE("A library without a note is no plugin library") {
  const std::string end =
      " holds no Saddle plugin: it has no section .note.saddle. "
      "Build it from a source with SADDLE_PLUGIN, by saddle_add_plugin.";
  CHECK(refusal(fixture("no_note")) == fixture("no_note") + end);
  CHECK(" " + refusal_of_header([](Elf64_Ehdr& h) { h.e_shnum = 0; }) == end);
}

TEST_CASE("A note of another format is refused with both formats") {
  CHECK(refusal_of_note([](NoteRecord& note) { note.format = 2; }) ==
        "has a plugin note of format 2; this host reads format 1. "
        "Rebuild it with the SDK of this host.");
}

TEST_CASE("A malformed note is refused with what is wrong in it") {
  const std::string begin = "has a malformed plugin note: ";
  CHECK(refusal_of_note([](NoteRecord& note) { note.owner = "Sattle"sv; }) ==
        begin + "its owner is not 'Saddle'" + kEnd);
  CHECK(refusal_of_note([](NoteRecord& note) { note.description_size = 12; }) ==
        begin + "its description has 12 bytes, expected 664" + kEnd);
  CHECK(refusal_of_note_section([](Elf64_Shdr& section) { section.sh_size = 684 + 10; }) ==
        begin + "it ends within its header" + kEnd);
  CHECK(refusal_of_note_section([](Elf64_Shdr& section) { section.sh_size = 684 + 100; }) ==
        begin + "its description has 80 bytes, expected 664" + kEnd);
  CHECK(refusal_of_note([](NoteRecord& note) { note.description.kind = "critic"sv; }) ==
        begin + "'critic' is no kind of plugin" + kEnd);
  CHECK(refusal_of_note([](NoteRecord& note) { note.description.name = "No Name"sv; }) ==
        begin + "'No Name' is no plugin name in kebab-case" + kEnd);
  CHECK(refusal_of_note([](NoteRecord& note) { note.description.doc = ""sv; }) ==
        begin + "its doc is empty" + kEnd);
  CHECK(refusal_of_note([](NoteRecord& note) { note.description.doc = "bell \a"sv; }) ==
        begin + "its doc is not printable text" + kEnd);
  CHECK(refusal_of_note([](NoteRecord& note) { note.description.symbol = ""sv; }) ==
        begin + "its symbol is empty" + kEnd);
  CHECK(refusal_of_note([](NoteRecord& note) {
          std::memset(note.description.build.scalar.bytes, 'x', 16);
        }) == begin + "its scalar does not end" + kEnd);
}

TEST_CASE("A library that gives one name to two plugins of a kind is refused") {
  CHECK(refusal_of_changed([](std::string& bytes) {
          Elf64_Shdr section;
          std::memcpy(&section, bytes.data() + section_entry(bytes, kNoteSection), sizeof section);
          for (const auto& symbol : {"first"sv, "second"sv}) {
            const NoteRecord note = make_note(kBuildId, "loss", "bce", "cross-entropy", symbol);
            edit<NoteRecord>(bytes, section.sh_offset, [&](NoteRecord& there) { there = note; });
            section.sh_offset += sizeof note;
          }
        }) == "holds two plugins of the name loss 'bce'. Rename one of them.");
}

TEST_CASE("A library with more notes than any library has is refused") {
  CHECK(refusal_of_changed([](std::string& bytes) {
          const std::size_t entry = section_entry(bytes, kNoteSection);
          const std::size_t end = bytes.size();
          NoteRecord note = make_note(kBuildId, "loss", "a", "one of many", "symbol");
          for (int i = 0; i < 257; ++i) {
            const std::string name = "a" + std::to_string(i);
            note.description.name = std::string_view(name);
            bytes.append(reinterpret_cast<const char*>(&note), sizeof note);
          }
          edit<Elf64_Shdr>(bytes, entry, [&](Elf64_Shdr& section) {
            section.sh_offset = end;
            section.sh_size = 257 * sizeof note;
          });
        }) == "holds more than 256 plugins. Split it into several libraries.");
}

TEST_CASE("Names of plugins are kebab-case, and kinds are the five of the platform") {
  for (const auto name : {"mlp", "kl-histogram", "a1", "r-3-gan"}) CHECK(is_plugin_name(name));
  for (const auto name : {"", "Mlp", "a_b", "a--b", "-a", "a-", "1a", "a/b"}) {
    CHECK_FALSE(is_plugin_name(name));
  }
  CHECK(is_plugin_name(std::string(47, 'a')));
  CHECK_FALSE(is_plugin_name(std::string(48, 'a')));
  CHECK(is_plugin_kind("metric"));
  CHECK_FALSE(is_plugin_kind("critic"));
}
