#include <saddle/base/error.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

namespace {

constexpr int kUsage = 2, kData = 4;

std::string joined(int argc, char** argv) {
  std::string text;
  for (int i = 0; i < argc; ++i) text += (i > 0 ? " " : "") + std::string(argv[i]);
  return text;
}

// The first word that is no option; empty where there is none.
std::string first_word(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--plugin-path")
      ++i;
    else if (word.rfind('-', 0) != 0)
      return word;
  }
  return "";
}

void check_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  if (word.empty() || std::find(commands.begin(), commands.end(), word) != commands.end()) return;
  throw saddle::SpecError("there is no command '" + word + "'." +
                          saddle::suggestion(word, commands) +
                          " The commands are: " + saddle::join(commands, ", ") + ".");
}

int run(int argc, char** argv) {
  saddle::cli::Environment environment;
  environment.command_line = joined(argc, argv);
  CLI::App app{"Adversarial training seen through information theory."};
  app.name("saddle");
  app.set_version_flag("--version", "saddle " SADDLE_VERSION);
  app.add_option("--plugin-path", environment.plugin_path,
                 "a folder of plugins, searched before SADDLE_PLUGIN_PATH; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
  app.require_subcommand(1);
  app.fallthrough();
  saddle::cli::add_run(app, environment);
  saddle::cli::add_sweep(app, environment);
  saddle::cli::add_resume(app, environment);
  saddle::cli::add_repair(app, environment);
  saddle::cli::add_diff(app, environment);
  saddle::cli::add_verify(app, environment);
  saddle::cli::add_check(app, environment);
  saddle::cli::add_plugins(app, environment);
  saddle::cli::add_describe(app, environment);
  saddle::cli::add_estimate(app, environment);
  saddle::cli::add_sample(app, environment);
  saddle::cli::add_show(app, environment);
  saddle::cli::add_watch(app, environment);
  saddle::cli::add_compare(app, environment);
  saddle::cli::add_report(app, environment);
  saddle::cli::add_export(app, environment);
  saddle::cli::add_new(app, environment);
  saddle::cli::add_doctor(app, environment);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Before the help, which does not say that there is no such command.
    check_command(app, first_word(argc, argv));
    const bool asked = error.get_exit_code() == 0;
    return app.exit(error, std::cout, std::cerr) == 0 && asked ? 0 : kUsage;
  }
  std::cout.flush();
  if (!std::cout || std::ferror(stdout))
    throw saddle::DataError("standard output: cannot be written.");
  return environment.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const saddle::Error& error) {
    saddle::log::error(error.what());
    return error.exit_code();
  } catch (const std::bad_alloc&) {
    saddle::log::error("there is not enough memory. Take smaller sizes, or fewer samples.");
    return kData;
  } catch (const std::exception& error) {
    saddle::log::error(std::string("internal error: ") + error.what());
  } catch (...) {
    saddle::log::error("internal error: something was thrown that is no std::exception");
  }
  return 70;
}
