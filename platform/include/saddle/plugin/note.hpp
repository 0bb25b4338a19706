#pragma once

#include <saddle/plugin/build_id.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>

// What a plugin library says about itself in an ELF note, which a host reads from the file before
// it runs any code of the library. `readelf -n` shows the notes.
namespace saddle {

inline constexpr std::string_view kPluginKinds[] = {"generator", "discriminator", "loss", "metric",
                                                    "dataset"};

constexpr bool is_plugin_kind(std::string_view text) {
  for (const std::string_view kind : kPluginKinds) {
    if (text == kind) return true;
  }
  return false;
}

inline constexpr std::uint32_t kNoteFormat = 1;
inline constexpr char kNoteSection[] = ".note.saddle";
inline constexpr std::string_view kNoteOwner = "Saddle";

// One ELF note: three words, the owner's name padded to words, the description.
struct NoteRecord {
  std::uint32_t owner_size;
  std::uint32_t description_size;
  std::uint32_t format;  // the type of an ELF note: how to read its description
  FixedText<8> owner;
  struct Description {
    BuildId build;
    FixedText<16> kind;
    FixedText<48> name;
    FixedText<200> doc;
    FixedText<144> symbol;  // of the factory
  } description;
};
static_assert(std::is_trivially_copyable_v<NoteRecord> && sizeof(NoteRecord) % 4 == 0 &&
                  std::has_unique_object_representations_v<NoteRecord>,
              "a note is written into a file as it is: no pointers, no padding");

constexpr NoteRecord make_note(const BuildId& build, std::string_view kind, std::string_view name,
                               std::string_view doc, std::string_view symbol) {
  return {kNoteOwner.size() + 1,
          sizeof(NoteRecord::Description),
          kNoteFormat,
          kNoteOwner,
          {build, kind, name, doc, symbol}};
}

// Kebab-case: lower case letters, digits and single dashes between them, a letter first, at
// most 47.
constexpr bool is_plugin_name(std::string_view text) {
  if (text.empty() || text.size() >= sizeof(NoteRecord::Description::name)) return false;
  if (text.front() < 'a' || text.front() > 'z' || text.back() == '-') return false;
  char previous = ' ';
  for (const char c : text) {
    const bool known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!known || (c == '-' && previous == '-')) return false;
    previous = c;
  }
  return true;
}

constexpr bool is_plugin_doc(std::string_view text) {
  return !text.empty() && text.size() < sizeof(NoteRecord::Description::doc);
}

constexpr bool is_plugin_symbol(std::string_view text) {
  return !text.empty() && text.size() < sizeof(NoteRecord::Description::symbol);
}

}  // namespace saddle

// clang's address sanitizer would put a red zone behind each note.
#ifdef __clang__
#define SADDLE_NOTE_ATTRIBUTES \
  section(".note.saddle"), used, retain, aligned(4), no_sanitize("address")
#else
#define SADDLE_NOTE_ATTRIBUTES section(".note.saddle"), used, retain, aligned(4)
#endif

// SADDLE_NOTE(generator, MlpGenerator, "mlp", "fully connected generator") announces a plugin whose
// factory is the exported C symbol saddle_plugin_generator_MlpGenerator. Any number of notes may
// stand in a library, in any order. `doc` is one line of UTF-8.
#define SADDLE_NOTE(kind, Class, name, doc)                                                        \
  static_assert(::saddle::is_plugin_kind(#kind),                                                   \
                "the kind of a plugin is generator, discriminator, loss, metric or dataset");      \
  static_assert(::saddle::is_plugin_name(name),                                                    \
                "the name of a plugin is kebab-case (lower case letters, digits, single dashes), " \
                "at most 47 characters");                                                          \
  static_assert(::saddle::is_plugin_doc(doc),                                                      \
                "the doc of a plugin is one line, at most 199 bytes");                             \
  static_assert(::saddle::is_plugin_symbol("saddle_plugin_" #kind "_" #Class),                     \
                "the class name of a plugin is too long for its note");                            \
  __attribute__((SADDLE_NOTE_ATTRIBUTES)) static constexpr ::saddle::NoteRecord                    \
      saddle_note_##kind##_##Class = ::saddle::make_note(::saddle::kBuildId, #kind, name, doc,     \
                                                         "saddle_plugin_" #kind "_" #Class);
