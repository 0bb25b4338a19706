#include <saddle/base/error.hpp>
#include <saddle/plugin/note.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/templates.hpp"
#include "plugin/catalog.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string kind, name, folder;
};

// "my-net", "generator" -> "MyNetGenerator", which no class of the SDK is called.
std::string class_name(const std::string& name, const std::string& kind) {
  std::string out;
  bool upper = true;
  for (const char c : name + "-" + kind) {
    if (c != '-') out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = c == '-';
  }
  return out;
}

std::string file_stem(std::string name) {
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::string fill(std::string text, const Arguments& arguments) {
  replace_all(text, "@Class@", class_name(arguments.name, arguments.kind));
  replace_all(text, "@name@", arguments.name);
  replace_all(text, "@kind@", arguments.kind);
  replace_all(text, "@stem@", file_stem(arguments.name));
  return text;
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  file.close();
  if (!file) throw DataError(path.string() + ": cannot be written.");
}

// The folder of SaddleConfig.cmake that belongs to this executable: beside it in a build tree,
// below the prefix where it is installed.
std::string package_folder() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path prefix = beside.parent_path();
  for (const fs::path& folder : {beside, prefix / "lib" / "cmake" / "Saddle",
                                 prefix / "lib" / "x86_64-linux-gnu" / "cmake" / "Saddle"})
    if (fs::exists(folder / "SaddleConfig.cmake", error)) return folder.string();
  return beside.string();
}

// A spec that names one of two plugins of a kind is refused.
void warn_of_namesakes(const Arguments& arguments, const Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  const std::vector<std::string> libraries = catalog.libraries_of(arguments.kind, arguments.name);
  if (libraries.empty()) return;
  log::warn("there is a " + arguments.kind + " '" + arguments.name + "' already: in " +
            join(libraries, ", ") +
            ". A spec cannot name one of several: choose another name, or give the path of your "
            "library as the plugin.");
}

void make_project(const Arguments& arguments, const Environment& environment) {
  namespace fs = std::filesystem;
  if (!is_plugin_name(arguments.name))
    throw SpecError("'" + arguments.name +
                    "' is no name for a plugin: expected lower case letters, digits and single "
                    "dashes, a letter first.");
  const fs::path folder = arguments.folder.empty() ? arguments.name : arguments.folder;
  std::error_code error;
  if (fs::exists(folder, error))
    throw SpecError(folder.string() + ": exists already. Choose another folder with --out.");
  warn_of_namesakes(arguments, environment);
  fs::create_directories(folder, error);
  if (error) throw DataError(folder.string() + ": cannot be made: " + error.message() + ".");
  write(folder / (file_stem(arguments.name) + ".cpp"),
        fill(plugin_template(arguments.kind), arguments));
  write(folder / "CMakeLists.txt", fill(project_template(), arguments));
  const std::string at = folder.string();
  std::cout << fill("Made " + at + ". Build it, and look at it:\n  cmake -S " + at + " -B " + at +
                        "/build -DSaddle_DIR=" + package_folder() + " && cmake --build " + at +
                        "/build\n  saddle --plugin-path " + at + "/build describe @kind@ @name@\n",
                    arguments);
}

}  // namespace

void add_new(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("new", "Begin a plugin of your own, in a folder that builds.");
  command->add_option("KIND", arguments->kind, "what it is")
      ->required()
      ->check(CLI::IsMember({"generator", "discriminator", "loss", "metric", "dataset"}));
  command->add_option("NAME", arguments->name, "its name, as my-net")->required();
  command->add_option("--out", arguments->folder, "the folder; its name by default");
  command->callback([arguments, &environment] { make_project(*arguments, environment); });
}

}  // namespace saddle::cli
