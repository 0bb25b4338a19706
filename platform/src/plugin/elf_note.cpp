#include "plugin/elf_note.hpp"

#include <saddle/base/error.hpp>
#include <saddle/plugin/note.hpp>

#include "base/utf8.hpp"
#include "plugin/elf_file.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace saddle {
namespace {

// No honest library comes near; a damaged one must not fill the memory.
constexpr std::size_t kMostPlugins = 256;

[[noreturn]] void refuse_as_malformed(const std::string& path, const std::string& what) {
  throw PluginError(path + " has a malformed plugin note: " + what +
                    ". Rebuild it with SADDLE_PLUGIN and saddle_add_plugin.");
}

template <std::size_t N>
std::string checked_text(const std::string& path, const char* field, const FixedText<N>& text) {
  const std::string_view view = text.view();
  if (view.size() == N) refuse_as_malformed(path, std::string("its ") + field + " does not end");
  if (!is_printable_utf8(view)) {
    refuse_as_malformed(path, std::string("its ") + field + " is not printable text");
  }
  return std::string(view);
}

void check_build(const std::string& path, const BuildId& build) {
  checked_text(path, "SDK digest", build.sdk);
  checked_text(path, "compiler", build.compiler);
  checked_text(path, "standard library", build.standard_library);
  checked_text(path, "C++ standard", build.cxx_standard);
  checked_text(path, "instruction set", build.instruction_set);
  checked_text(path, "scalar", build.scalar);
  checked_text(path, "sanitizer", build.sanitizer);
  checked_text(path, "xtensor version", build.xtensor);
}

PluginNote checked_note(const std::string& path, const NoteRecord::Description& description) {
  check_build(path, description.build);
  PluginNote note;
  note.path = path;
  note.kind = checked_text(path, "kind", description.kind);
  note.name = checked_text(path, "name", description.name);
  note.doc = checked_text(path, "doc", description.doc);
  note.symbol = checked_text(path, "symbol", description.symbol);
  note.build = description.build;
  if (!is_plugin_kind(note.kind)) {
    refuse_as_malformed(path, "'" + note.kind + "' is no kind of plugin");
  }
  if (!is_plugin_name(note.name)) {
    refuse_as_malformed(path, "'" + note.name + "' is no plugin name in kebab-case");
  }
  if (!is_plugin_doc(note.doc)) refuse_as_malformed(path, "its doc is empty");
  if (!is_plugin_symbol(note.symbol)) refuse_as_malformed(path, "its symbol is empty");
  return note;
}

// Reads the note at `offset`, of which `left` bytes are there.
NoteRecord::Description read_record(const ElfFile& file, std::uint64_t offset, std::uint64_t left) {
  constexpr std::size_t kHeader = offsetof(NoteRecord, description);
  if (left < kHeader) refuse_as_malformed(file.path(), "it ends within its header");
  NoteRecord record = {};
  file.read(offset, &record, kHeader);
  if (record.owner_size != kNoteOwner.size() + 1 || record.owner.view() != kNoteOwner) {
    refuse_as_malformed(file.path(), "its owner is not 'Saddle'");
  }
  if (record.format != kNoteFormat) {
    throw PluginError(file.path() + " has a plugin note of format " +
                      std::to_string(record.format) + "; this host reads format " +
                      std::to_string(kNoteFormat) + ". Rebuild it with the SDK of this host.");
  }
  if (record.description_size != sizeof record.description || left < sizeof record) {
    refuse_as_malformed(
        file.path(),
        "its description has " +
            std::to_string(std::min<std::uint64_t>(record.description_size, left - kHeader)) +
            " bytes, expected " + std::to_string(sizeof record.description));
  }
  file.read(offset + kHeader, &record.description, sizeof record.description);
  return record.description;
}

bool precedes(const PluginNote& a, const PluginNote& b) {
  return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
}

// Compilers write the notes of a source in either order, so that of the file means nothing.
void sort_and_check_names(std::vector<PluginNote>& notes) {
  std::sort(notes.begin(), notes.end(), precedes);
  for (std::size_t i = 1; i < notes.size(); ++i) {
    if (precedes(notes[i - 1], notes[i])) continue;
    throw PluginError(notes[i].path + " holds two plugins of the name " + notes[i].kind + " '" +
                      notes[i].name + "'. Rename one of them.");
  }
}

}  // namespace

std::vector<PluginNote> read_notes(const std::string& path) {
  const ElfFile file(path);
  std::vector<PluginNote> notes;
  for (const Extent& section : file.sections(kNoteSection)) {
    for (std::uint64_t at = 0; at < section.size; at += sizeof(NoteRecord)) {
      if (notes.size() == kMostPlugins) {
        throw PluginError(path + " holds more than " + std::to_string(kMostPlugins) +
                          " plugins. Split it into several libraries.");
      }
      notes.push_back(
          checked_note(path, read_record(file, section.offset + at, section.size - at)));
    }
  }
  if (notes.empty()) {
    throw PluginError(path + " holds no Saddle plugin: it has no section " + kNoteSection +
                      ". Build it from a source with SADDLE_PLUGIN, by saddle_add_plugin.");
  }
  sort_and_check_names(notes);
  return notes;
}

}  // namespace saddle
