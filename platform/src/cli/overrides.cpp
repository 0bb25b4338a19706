#include "cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace saddle::cli {

void add_overrides(CLI::App& command, std::vector<std::string>& overrides) {
  command
      .add_option("--set", overrides,
                  "change a value of the spec, as train.steps=100; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

}  // namespace saddle::cli
