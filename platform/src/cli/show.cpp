#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/log.hpp"
#include "cli/commands.hpp"
#include "cli/flag_words.hpp"
#include "cli/json_text.hpp"
#include "cli/number.hpp"
#include "cli/run_argument.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_summary.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <optional>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

struct Arguments {
  std::string file;
  bool json = false;
};

// The last record of every series of a table; `in_words`, for readers, flags are named.
ordered_json values_of(const hdf5::Group& group, std::size_t rows, bool in_words) {
  ordered_json values = ordered_json::object();
  for (const LastValue& last : last_values(group, rows)) {
    const std::string words = in_words ? flag_words(last.value, last.definition) : "";
    values[last.name] = words.empty() ? json_number(last.value) : ordered_json(words);
  }
  return values;
}

// A table's steps up to the last committed one, and its last values.
ordered_json table_summary(const hdf5::File& file, const std::string& path, bool in_words) {
  const hdf5::Group group = file.group(path);
  const std::vector<std::int64_t> steps = committed_steps(file, group);
  ordered_json summary = {{"records", steps.size()}};
  if (!steps.empty()) summary["last_step"] = steps.back();
  summary["last_values"] = values_of(group, steps.size(), in_words);
  return summary;
}

ordered_json summarise(const std::string& path, bool in_words) {
  const hdf5::File file = open_run(path);
  ordered_json summary;
  const RunHeader header = read_header(file, kRunFormat);
  summary["name"] = header.name;
  summary["seed"] = header.seed;
  summary["created"] = header.created;
  summary["saddle_version"] = header.saddle_version;
  summary["step"] = committed_step(file);
  const auto event = last_event(file);
  summary["last_event"] = event ? event_name(*event) : "none";
  for (const char* name : {"losses", "samples", "weights"})
    summary[name] = table_summary(file, name, in_words);
  for (const std::string& name : file.group("players").names())
    if (file.group("players").has_group(name))
      summary["players"][name] = table_summary(file, "players/" + name, in_words);
  ordered_json metrics = ordered_json::object();
  if (file.has_group("metrics"))
    for (const std::string& name : file.group("metrics").names())
      if (file.group("metrics").has_group(name))
        metrics[name] = table_summary(file, "metrics/" + name, in_words);
  summary["metrics"] = std::move(metrics);
  return summary;
}

// What json_number made of it.
std::string plain_text(const ordered_json& number) {
  if (number.is_null()) return "not a number";
  return number.is_string() ? number.get<std::string>() : plain_number(number.get<double>());
}

void print_values(const ordered_json& table) {
  for (const auto& [name, value] : table["last_values"].items())
    std::cout << "  " << name << ": " << plain_text(value) << "\n";
}

void print_text(const ordered_json& summary) {
  const std::string state = summary["state"].get<std::string>();
  std::cout << summary["name"].get<std::string>() << ", seed " << summary["seed"] << ", saddle "
            << summary["saddle_version"].get<std::string>() << ", "
            << summary["created"].get<std::string>() << "\n"
            << "step " << summary["step"] << ", " << state
            << (state == "killed" ? " (resume goes on)" : "") << "\n";
  for (const char* name : {"losses", "samples", "weights"}) {
    std::cout << name << ": " << summary[name]["records"] << " records\n";
    print_values(summary[name]);
  }
  for (const auto& [name, table] : summary["players"].items()) {
    std::cout << name << ": " << table["records"] << " records\n";
    print_values(table);
  }
  for (const auto& [name, table] : summary["metrics"].items()) {
    std::cout << "metric " << name << ": " << table["records"] << " records\n";
    print_values(table);
  }
}

}  // namespace

void add_show(CLI::App& app, Environment&) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("show", "Summarise a run file, a running one included.");
  add_run_argument(*command, arguments->file);
  command->add_flag("--json", arguments->json, kJsonHelp);
  command->callback([arguments] {
    const std::optional<bool> written = is_written(arguments->file);
    ordered_json summary = ordered_json::parse(safely_in_child(
        arguments->file, [&] { return json_text(summarise(arguments->file, !arguments->json)); },
        limits_for({arguments->file})));
    summary["state"] =
        run_state(summary["last_event"].get<std::string>(), arguments->file, written);
    if (arguments->json)
      std::cout << json_text(summary) << "\n";
    else
      print_text(summary);
  });
}

}  // namespace saddle::cli
