#include "experiment/plugin_check.hpp"

#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/text.hpp"
#include "experiment/plugin_check_kinds.hpp"
#include "experiment/plugin_check_options.hpp"
#include "plugin/build_check.hpp"

#include <algorithm>
#include <cstring>

namespace saddle {
namespace {

using plugin_check::Candidate;
using plugin_check::Check;
using plugin_check::Outcome;

std::vector<Check> checks_of(const std::string& kind) {
  if (kind == "generator") return plugin_check::generator_checks();
  if (kind == "discriminator") return plugin_check::discriminator_checks();
  if (kind == "loss") return plugin_check::loss_checks();
  if (kind == "metric") return plugin_check::metric_checks();
  return plugin_check::dataset_checks();
}

CheckRow build_row(const PluginNote& note) {
  const std::vector<std::string> found = differences(note.build, host_build());
  if (!found.empty())
    return {"build", CheckResult::failed, "built for another host: " + join(found, ", ")};
  return {"build", CheckResult::ok, "built for this host"};
}

// The first byte of a child's answer.
char letter_of(CheckResult result) { return name_of(result)[0]; }
CheckResult result_of(char letter) {
  for (const CheckResult result : {CheckResult::ok, CheckResult::skipped})
    if (letter == letter_of(result)) return result;
  return CheckResult::failed;
}

// A detail is one cell of a table.
std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string ended_by(const ChildResult& result) {
  const bool by_itself = result.code == 0 || strsignal(result.code) == nullptr;
  return by_itself ? "the process left by itself"
                   : std::string("crashed (") + strsignal(result.code) + ")";
}

std::string out_of_time(double seconds) {
  return "took longer than " + number_text(seconds) + " s";
}

CheckRow run_in_child(const Check& check, const Candidate& candidate, double seconds,
                      bool& timed_out) {
  const ChildResult result = in_child(
      [&] {
        Outcome outcome{CheckResult::failed, ""};
        try {
          outcome = check.run(candidate);
        } catch (const plugin_check::Skip& skip) {
          outcome = {CheckResult::skipped, skip.what()};
        }
        return letter_of(outcome.result) + outcome.detail;
      },
      {seconds, {}});
  timed_out = result.end == ChildResult::End::timed_out;
  if (timed_out) return {check.name, CheckResult::failed, out_of_time(seconds)};
  if (result.end == ChildResult::End::crashed)
    return {check.name, CheckResult::failed, ended_by(result)};
  if (result.end == ChildResult::End::threw || result.text.empty())
    return {check.name, CheckResult::failed, one_line(result.text)};
  return {check.name, result_of(result.text[0]), one_line(result.text.substr(1))};
}

// Opens the library for the first time. Returns why no instance can be made, or "".
std::string open_in_child(const Candidate& candidate, double seconds) {
  const ChildResult result =
      in_child([&] { return plugin_check::missing_options(candidate); }, {seconds, {}});
  const std::string what =
      candidate.note.path + ", " + candidate.note.kind + " '" + candidate.note.name + "': ";
  switch (result.end) {
    case ChildResult::End::returned:
      return result.text;
    case ChildResult::End::threw:
      if (result.code == 2) throw SpecError(result.text);
      throw PluginError(result.text);
    case ChildResult::End::crashed:
      throw PluginError(what + "opening it " + ended_by(result) + ".");
    case ChildResult::End::timed_out:
      break;
  }
  throw PluginError(what + "opening it " + out_of_time(seconds) + ".");
}

void check_plugin(const Candidate& candidate, double seconds, std::vector<CheckRow>& rows) {
  const std::string missing = open_in_child(candidate, seconds);
  bool timed_out = false;
  rows.push_back(
      run_in_child({"options", plugin_check::check_options}, candidate, seconds, timed_out));
  std::string skipped = missing;
  for (const Check& check : checks_of(candidate.note.kind)) {
    // What hangs once would hang in every check.
    if (timed_out && skipped.empty())
      skipped = "not run, since '" + rows.back().check + "' took too long";
    if (!skipped.empty())
      rows.push_back({check.name, CheckResult::skipped, skipped});
    else
      rows.push_back(run_in_child(check, candidate, seconds, timed_out));
  }
}

}  // namespace

const char* name_of(CheckResult result) {
  switch (result) {
    case CheckResult::ok:
      return "ok";
    case CheckResult::failed:
      return "failed";
    case CheckResult::skipped:
      break;
  }
  return "skipped";
}

bool LibraryReport::failed() const {
  for (const PluginReport& plugin : plugins)
    for (const CheckRow& row : plugin.rows)
      if (row.result == CheckResult::failed) return true;
  return false;
}

LibraryReport check_library(const std::string& path, const PluginCheckSettings& settings) {
  const std::vector<PluginNote> notes = read_notes(path);
  LibraryReport report{{}, build_mismatch(path, notes)};
  for (const PluginNote& note : notes) {
    PluginReport plugin{note.kind, note.name, {build_row(note)}};
    if (report.foreign.empty())
      check_plugin({note, settings.options}, settings.seconds, plugin.rows);
    report.plugins.push_back(std::move(plugin));
  }
  return report;
}

}  // namespace saddle
