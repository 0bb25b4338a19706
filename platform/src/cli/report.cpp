#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/log.hpp"
#include "cli/commands.hpp"
#include "cli/run_argument.hpp"
#include "experiment/run_file.hpp"
#include "io/durable.hpp"
#include "report/page.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace saddle::cli {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string output = "report.html";
};

// The page is made in a child process, since the files may be anybody's.
void report(const Arguments& arguments) {
  if (std::filesystem::path(arguments.output).extension() != ".html")
    throw SpecError("--output " + arguments.output + ": expected a name that ends in .html.");
  const std::string page = safely_in_child(
      "report", [&] { return report_page(arguments.files); }, limits_for(arguments.files));
  replace_durably(arguments.output, {page});
  log::info("wrote " + arguments.output);
}

}  // namespace

void add_report(CLI::App& app, Environment&) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "report", "Put runs on one web page: curves, samples, last values, specs.");
  add_run_argument(*command, arguments->files);
  command->add_option("-o,--output", arguments->output, "the page; report.html by default");
  command->callback([arguments] { report(*arguments); });
}

}  // namespace saddle::cli
