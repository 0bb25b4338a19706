#include "plugin/catalog.hpp"

#include <saddle/base/error.hpp>
#include <saddle/plugin/note.hpp>

#include "base/text.hpp"
#include "plugin/build_check.hpp"
#include "plugin/search_path.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace saddle {
namespace {

namespace fs = std::filesystem;

std::string plural(const std::string& kind) { return kind == "loss" ? "losses" : kind + "s"; }

std::string quoted(const std::string& name) { return "'" + name + "'"; }

// "a", "a and b", "a, b and c".
std::string enumeration(std::vector<std::string> parts) {
  if (parts.size() < 2) return join(parts, "");
  const std::string last = parts.back();
  parts.pop_back();
  return join(parts, ", ") + " and " + last;
}

// The one plugin of this kind in a file that a spec names.
PluginNote find_in_file(const std::string& kind, const std::string& path) {
  const std::vector<PluginNote> notes = read_notes(path);
  std::vector<PluginNote> fitting;
  std::vector<std::string> names, all;
  for (const PluginNote& note : notes) {
    all.push_back(note.kind + " " + quoted(note.name));
    if (note.kind != kind) continue;
    fitting.push_back(note);
    names.push_back(note.name);
  }
  if (fitting.empty()) {
    throw PluginError(path + " holds no " + kind + "; it holds " + enumeration(all) + ".");
  }
  if (fitting.size() > 1) {
    throw PluginError(path + " holds " + std::to_string(names.size()) + " " + plural(kind) + ": " +
                      join(names, ", ") +
                      ". Choose one by its name, and give the folder as --plugin-path.");
  }
  const std::string mismatch = build_mismatch(path, notes);
  if (!mismatch.empty()) throw PluginError(mismatch);
  return fitting.front();
}

}  // namespace

std::string PluginTwins::message() const {
  return kind + " " + quoted(name) + " is found " +
         (paths.size() == 2 ? "twice" : std::to_string(paths.size()) + " times") + ": in " +
         enumeration(paths) + ". Remove all but one, or give the path of one as the plugin.";
}

Catalog::Catalog(std::vector<std::string> folders) : folders_(std::move(folders)) {
  std::vector<std::string> seen;  // canonical paths of libraries
  for (const std::string& folder : folders_) add_folder(folder, seen);
}

void Catalog::add_folder(const std::string& folder, std::vector<std::string>& seen) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  std::vector<std::string> paths;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".so") paths.push_back(entry->path().string());
  }
  if (error) problems_.push_back({folder, unsearchable_message(folder, error)});
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    const fs::path canonical = fs::canonical(path, error);
    const std::string file = error ? path : canonical.string();
    if (std::find(seen.begin(), seen.end(), file) != seen.end()) continue;
    seen.push_back(file);
    add_library(path);
  }
}

void Catalog::add_library(const std::string& path) {
  try {
    const std::vector<PluginNote> notes = read_notes(path);
    const std::string mismatch = build_mismatch(path, notes);
    std::vector<PluginNote>& list = mismatch.empty() ? plugins_ : foreign_;
    list.insert(list.end(), notes.begin(), notes.end());
    if (!mismatch.empty()) problems_.push_back({path, mismatch});
  } catch (const PluginError& problem) {
    problems_.push_back({path, problem.what()});
  }
}

PluginNote Catalog::find(const std::string& kind, const std::string& value,
                         const std::string& base_folder) const {
  if (value.find('/') == std::string::npos) return find_by_name(kind, value);
  return find_in_file(kind, (fs::path(base_folder) / value).lexically_normal().string());
}

std::vector<PluginNote> Catalog::notes_named(const std::string& name) const {
  std::vector<PluginNote> found;
  for (const auto* list : {&plugins_, &foreign_}) {
    for (const PluginNote& note : *list) {
      if (note.name == name) found.push_back(note);
    }
  }
  return found;
}

std::vector<std::string> Catalog::libraries_of(const std::string& kind,
                                               const std::string& name) const {
  std::vector<std::string> paths;
  for (const PluginNote& note : notes_named(name)) {
    if (note.kind == kind) paths.push_back(note.path);
  }
  return paths;
}

std::vector<PluginTwins> Catalog::twins() const {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> libraries;
  for (const auto* list : {&plugins_, &foreign_}) {
    for (const PluginNote& note : *list) libraries[{note.kind, note.name}].push_back(note.path);
  }
  std::vector<PluginTwins> found;
  for (const auto& [subject, paths] : libraries) {
    if (paths.size() > 1) found.push_back({subject.first, subject.second, paths});
  }
  return found;
}

PluginNote Catalog::find_by_name(const std::string& kind, const std::string& name) const {
  std::vector<PluginNote> found;
  for (const PluginNote& note : notes_named(name)) {
    if (note.kind == kind) found.push_back(note);
  }
  if (found.empty()) throw PluginError(unknown_name(kind, name));
  if (found.size() > 1) {
    throw PluginError(PluginTwins{kind, name, libraries_of(kind, name)}.message());
  }
  const std::string mismatch = build_mismatch(found.front().path, found);
  if (!mismatch.empty()) throw PluginError(mismatch);
  return found.front();
}

std::vector<std::string> Catalog::names_of(const std::string& kind) const {
  std::vector<std::string> names;
  for (const PluginNote& note : plugins_) {
    if (note.kind == kind) names.push_back(note.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string Catalog::unknown_name(const std::string& kind, const std::string& name) const {
  const std::vector<std::string> known = names_of(kind);
  std::vector<std::string> kinds;
  const std::vector<PluginNote> namesakes = notes_named(name);
  for (const std::string_view other : kPluginKinds) {
    const auto is_other = [&](const PluginNote& note) { return note.kind == other; };
    if (std::any_of(namesakes.begin(), namesakes.end(), is_other)) {
      kinds.push_back("a " + std::string(other));
    }
  }
  std::string message =
      kinds.empty() ? "No " + kind + " is called " + quoted(name) + "." + suggestion(name, known)
                    : quoted(name) + " is " + enumeration(kinds) + ", not a " + kind + ".";
  message += " Known " + plural(kind) + ": " + (known.empty() ? "none" : join(known, ", ")) + ".";
  message += " Searched: " + (folders_.empty() ? "no folder" : join(folders_, ", ")) + ".";
  for (const PluginProblem& problem : problems_) message += "\nNot usable: " + problem.message;
  return message;
}

}  // namespace saddle
