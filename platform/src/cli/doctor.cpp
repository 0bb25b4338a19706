#include "base/machine.hpp"
#include "cli/commands.hpp"
#include "experiment/self_test.hpp"
#include "plugin/build_check.hpp"
#include "plugin/catalog.hpp"
#include "plugin/search_path.hpp"
#include "tensor/kernels.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <thread>

namespace saddle::cli {
namespace {

void print_build() {
  std::cout << "saddle " SADDLE_VERSION "\n\nBuild\n";
  for (const auto& [what, value] : build_fields(host_build()))
    std::cout << "  " << what << ": " << value << "\n";
  std::cout << "\nMachine\n  processor: " << processor_name()
            << "\n  threads: " << std::thread::hardware_concurrency()
            << "\n  products by: " << kernels::matmul_library() << "\n";
}

void print_environment() {
  std::cout << "\nEnvironment\n";
  const std::vector<SpeedVariable> variables = speed_variables();
  if (variables.empty()) std::cout << "  nothing that changes the kernels is set\n";
  for (const SpeedVariable& variable : variables)
    std::cout << "  " << variable.name << "=" << variable.value
              << (variable.advice.empty() ? "" : ": " + variable.advice) << "\n";
}

void print_plugins(const Environment& environment) {
  const Catalog catalog(plugin_folders(environment.plugin_path));
  const auto is_usable = [&](const PluginNote& note) {
    return catalog.libraries_of(note.kind, note.name).size() == 1;
  };
  std::cout << "\nPlugins\n";
  for (const std::string& folder : catalog.folders()) std::cout << "  " << folder << "\n";
  std::cout << "  " << std::count_if(catalog.plugins().begin(), catalog.plugins().end(), is_usable)
            << " usable\n";
  for (const PluginProblem& problem : catalog.problems())
    std::cout << "  " << problem.message << "\n";
  for (const PluginTwins& same : catalog.twins()) std::cout << "  " << same.message() << "\n";
}

// Whether all passed.
bool print_self_tests() {
  std::cout << "\nSelf-test\n";
  bool passed = true;
  for (const SelfTest& test : run_self_tests()) {
    std::cout << "  " << test.what << ": " << (test.failure.empty() ? "ok" : test.failure) << "\n";
    passed = passed && test.failure.empty();
  }
  return passed;
}

}  // namespace

void add_doctor(CLI::App& app, Environment& environment) {
  CLI::App* command = app.add_subcommand(
      "doctor", "Say what is installed, what is in force, and whether it computes rightly.");
  command->callback([&environment] {
    print_build();
    print_environment();
    print_plugins(environment);
    if (!print_self_tests()) environment.exit_code = 1;
  });
}

}  // namespace saddle::cli
