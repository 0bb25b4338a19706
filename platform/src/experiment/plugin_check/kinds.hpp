#pragma once

#include "experiment/plugin_check.hpp"
#include "plugin/elf_note.hpp"

#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

// The checks of each kind of plugin. What is declared here runs in a child process.
namespace saddle::plugin_check {

// A plugin to be checked, not yet opened.
struct Candidate {
  PluginNote note;
  std::vector<std::string> options;  // as in PluginCheckSettings
};

struct Outcome {
  CheckResult result;
  std::string detail;
};

inline Outcome ok(std::string detail) { return {CheckResult::ok, std::move(detail)}; }
inline Outcome failed(std::string detail) { return {CheckResult::failed, std::move(detail)}; }

// "1 tensor", "2 tensors".
inline std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// Thrown by a check that does not apply to this plugin: its row is `skipped`.
class Skip final : public std::exception {
 public:
  explicit Skip(std::string why) : why_(std::move(why)) {}
  const char* what() const noexcept override { return why_.c_str(); }

 private:
  std::string why_;
};

// One row of the table. `run` opens the library; whatever it throws, but for Skip, is a failure.
struct Check {
  std::string name;
  std::function<Outcome(const Candidate&)> run;
  // Whether it may fail; the time of a call is for reading alone.
  bool judged = true;
};

// In the order of the table, without those that need no instance.
std::vector<Check> generator_checks();
std::vector<Check> discriminator_checks();
std::vector<Check> loss_checks();
std::vector<Check> metric_checks();
std::vector<Check> dataset_checks();

}  // namespace saddle::plugin_check
