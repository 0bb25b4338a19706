#include "base/child_process.hpp"
#include "base/log.hpp"
#include "cli/commands.hpp"
#include "experiment/run_file.hpp"
#include "io/durable.hpp"
#include "report/page.hpp"

#include <CLI/CLI.hpp>

namespace saddle::cli {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string output = "report.html";
};

// The page is made in a child process, since the files may be anybody's.
void report(const Arguments& arguments) {
  const std::string page = safely_in_child(
      "report", [&] { return report_page(arguments.files); }, limits_for(arguments.files));
  const std::string partial = arguments.output + ".partial";
  write_durably(partial, {page}, arguments.output);
  rename_durably(partial, arguments.output);
  log::info("wrote " + arguments.output);
}

}  // namespace

void add_report(CLI::App& app, Environment&) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "report", "Put runs on one web page: curves, samples, last values, specs.");
  command->add_option("RUN", arguments->files, "the run.h5 of each run")->required();
  command->add_option("-o,--output", arguments->output, "the page; report.html by default");
  command->callback([arguments] { report(*arguments); });
}

}  // namespace saddle::cli
