#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace saddle::cli {

// What every command may use.
struct Environment {
  std::vector<std::string> plugin_path;  // --plugin-path
  std::string command_line;
  // The exit code of the command that ran.
  int exit_code = 0;
};

// Adds --set KEY=VALUE to a command that reads a spec.
void add_overrides(CLI::App& command, std::vector<std::string>& overrides);

// Each adds its command to the application; its file is named after it.
void add_run(CLI::App& app, Environment& environment);
void add_sweep(CLI::App& app, Environment& environment);
void add_resume(CLI::App& app, Environment& environment);
void add_repair(CLI::App& app, Environment& environment);
void add_diff(CLI::App& app, Environment& environment);
void add_verify(CLI::App& app, Environment& environment);
void add_check(CLI::App& app, Environment& environment);
void add_plugins(CLI::App& app, Environment& environment);
void add_describe(CLI::App& app, Environment& environment);
void add_estimate(CLI::App& app, Environment& environment);
void add_sample(CLI::App& app, Environment& environment);
void add_show(CLI::App& app, Environment& environment);
void add_watch(CLI::App& app, Environment& environment);
void add_compare(CLI::App& app, Environment& environment);
void add_report(CLI::App& app, Environment& environment);
void add_export(CLI::App& app, Environment& environment);
void add_new(CLI::App& app, Environment& environment);
void add_doctor(CLI::App& app, Environment& environment);

}  // namespace saddle::cli
