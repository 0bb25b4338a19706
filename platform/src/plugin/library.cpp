#include "plugin/library.hpp"

#include <saddle/base/error.hpp>

#include "plugin/build_check.hpp"
#include "plugin/elf_note.hpp"

#include <boost/core/demangle.hpp>
#include <boost/dll/shared_library.hpp>

#include <dlfcn.h>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>

namespace saddle {
namespace {

namespace dll = boost::dll;

// glibc declares dlopen as never throwing, so that g++ ends the process when a static constructor
// of the library throws. Called through a pointer that the compiler cannot see through, the
// exception arrives here.
void* (*volatile const open_that_may_throw)(const char*, int) = ::dlopen;

// Handles are never closed, so the registry is never destroyed. A library whose opening failed is
// not tried again: after a static constructor has thrown, the loader takes it for open.
struct Registry {
  struct Entry {
    dll::shared_library library;
    std::string failure;
  };
  std::mutex mutex;
  std::map<std::string, Entry> entries;  // by canonical path
};

Registry& registry() {
  static Registry& the_one = *new Registry;
  return the_one;
}

std::string explain_loader_error(const std::string& path, const std::string& text) {
  const std::string mark = "undefined symbol: ";
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) {
    return path + " cannot be opened: " + text + ". Install what it needs, or rebuild it.";
  }
  const std::size_t begin = at + mark.size();
  const std::string symbol = text.substr(begin, text.find_first_of(", \t\n)", begin) - begin);
  return path + " needs '" + boost::core::demangle(symbol.c_str()) +
         "', which this host does not have. Rebuild it for this host, and link what it uses.";
}

// Runs the static constructors of the library. Returns what went wrong, or "".
std::string open_first(const std::string& path, const std::string& file) {
  const std::string thrown = path + " threw in a static constructor while it was opened";
  try {
    if (open_that_may_throw(file.c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr) return "";
    const char* const text = ::dlerror();
    return explain_loader_error(path, text == nullptr ? "the loader gives no reason" : text);
  } catch (const std::exception& error) {
    return thrown + ": " + error.what() + ". Make its static objects in the plugin's constructor.";
  } catch (...) {
    return thrown + ". Make its static objects in the plugin's constructor.";
  }
}

const Registry::Entry& opened(const std::string& path, const std::string& file) {
  const auto [place, is_new] = registry().entries.try_emplace(file);
  Registry::Entry& entry = place->second;
  if (is_new) {
    entry.failure = open_first(path, file);
    if (entry.failure.empty()) {
      entry.library.load(file, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    }
  }
  return entry;
}

}  // namespace

void* open_symbol(const std::string& path, const std::string& symbol) {
  const std::string mismatch = build_mismatch(path, read_notes(path));
  if (!mismatch.empty()) throw PluginError(mismatch);
  const std::lock_guard<std::mutex> lock(registry().mutex);
  std::error_code error;
  const std::filesystem::path file = std::filesystem::canonical(path, error);
  if (error) throw PluginError(path + " cannot be opened: " + error.message() + ".");
  const Registry::Entry& entry = opened(path, file.string());
  if (!entry.failure.empty()) throw PluginError(entry.failure);
  if (!entry.library.has(symbol)) {
    throw PluginError(
        path + " does not export '" + symbol +
        "', which makes a plugin that its note names. Rebuild it with SADDLE_PLUGIN.");
  }
  return &entry.library.get<char>(symbol);
}

}  // namespace saddle
