#include "cli/run_argument.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace saddle::cli {
namespace {

namespace fs = std::filesystem;

// Validators of CLI11 return what is wrong.
std::string log_of(std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) path = (fs::path(path) / "run.h5").string();
  return "";
}

std::string folder_of(std::string& path) {
  std::error_code ignored;
  if (fs::path(path).filename() == "run.h5" && fs::is_regular_file(path, ignored))
    path = fs::path(path).has_parent_path() ? fs::path(path).parent_path().string() : ".";
  return "";
}

}  // namespace

void add_run_argument(CLI::App& command, std::string& file, const std::string& name) {
  allow_folder(command.add_option(name, file, "the run.h5 of a run, or its folder")->required());
}

void add_run_argument(CLI::App& command, std::vector<std::string>& files) {
  allow_folder(
      command.add_option("RUN", files, "the run.h5 of each run, or its folder")->required());
}

void allow_folder(CLI::Option* option) { option->transform(CLI::Validator(log_of, "")); }
void allow_log(CLI::Option* option) { option->transform(CLI::Validator(folder_of, "")); }

}  // namespace saddle::cli
