#include "experiment/plugin_check.hpp"

#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/text.hpp"
#include "experiment/plugin_check/kinds.hpp"
#include "experiment/plugin_check/options.hpp"
#include "plugin/build_check.hpp"

#include <algorithm>
#include <utility>

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

std::string out_of_time(double seconds) {
  return "took longer than " + number_text(seconds) + " s";
}

// What runs in the child.
std::string answer(const Check& check, const Candidate& candidate) {
  try {
    const Outcome outcome = check.run(candidate);
    return letter_of(outcome.result) + outcome.detail;
  } catch (const plugin_check::Skip& skip) {
    return letter_of(CheckResult::skipped) + std::string(skip.what());
  }
}

CheckRow row_of(const Check& check, const ChildResult& ended, double seconds) {
  const CheckResult not_ok = check.judged ? CheckResult::failed : CheckResult::skipped;
  switch (ended.end) {
    case ChildResult::End::returned:
      return {check.name, result_of(ended.text[0]), one_line(ended.text.substr(1))};
    case ChildResult::End::threw:
      return {check.name, not_ok, one_line(ended.text)};
    case ChildResult::End::crashed:
      return {check.name, not_ok, ended.crash()};
    case ChildResult::End::timed_out:
      break;
  }
  return {check.name, not_ok, out_of_time(seconds)};
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
      throw PluginError(what + "opening it " + result.crash() + ".");
    case ChildResult::End::timed_out:
      break;
  }
  throw PluginError(what + "opening it " + out_of_time(seconds) + ".");
}

std::vector<CheckRow> check_plugin(const Candidate& candidate, double seconds) {
  std::vector<Check> checks = {{"options", plugin_check::check_options}};
  for (Check& check : checks_of(candidate.note.kind)) checks.push_back(std::move(check));
  const std::string missing = open_in_child(candidate, seconds);
  std::vector<CheckRow> rows;
  std::string reason;
  for (const Check& check : checks) {
    if (!reason.empty()) {
      rows.push_back({check.name, CheckResult::skipped, reason});
      continue;
    }
    const ChildResult ended = in_child([&] { return answer(check, candidate); }, {seconds, {}});
    rows.push_back(row_of(check, ended, seconds));
    reason = missing;
    // What hangs once would hang in every check.
    if (reason.empty() && ended.end == ChildResult::End::timed_out)
      reason = "not run, since '" + check.name + "' took too long";
  }
  return rows;
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

LibraryReport check_library(const std::string& path, const PluginCheckSettings& settings) {
  const std::vector<PluginNote> notes = read_notes(path);
  LibraryReport report{{}, build_mismatch(path, notes)};
  for (const PluginNote& note : notes) {
    PluginReport plugin{note.kind, note.name, {build_row(note)}};
    if (report.foreign.empty())
      for (CheckRow& row : check_plugin({note, settings.options}, settings.seconds))
        plugin.rows.push_back(std::move(row));
    report.plugins.push_back(std::move(plugin));
  }
  return report;
}

}  // namespace saddle
