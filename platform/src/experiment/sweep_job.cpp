#include "experiment/sweep_job.hpp"

#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/text.hpp"
#include "experiment/identity.hpp"
#include "experiment/run_file.hpp"

#include <csignal>
#include <cstring>
#include <filesystem>
#include <utility>

namespace saddle {
namespace {

namespace fs = std::filesystem;

constexpr int kDiverged = 5, kSignal = 128;

bool is_interruption(int code) { return code == kSignal + SIGINT || code == kSignal + SIGTERM; }

void add_settings(std::vector<std::string>& arguments, const std::vector<std::string>& settings) {
  for (const std::string& setting : settings) {
    arguments.emplace_back("--set");
    arguments.push_back(setting);
  }
}

// How long a spec wants a run, and by how many threads: what a resume may set.
std::vector<std::string> length_of(const Spec& spec) {
  const auto text = [](const std::optional<std::int64_t>& count) {
    return count ? std::to_string(*count) : std::string("null");
  };
  return {"threads=" + std::to_string(spec.threads), "train.steps=" + text(spec.train.steps),
          "train.epochs=" + text(spec.train.epochs)};
}

// A damaged log may end the process that reads it: a child tries first.
RunSummary read_summary(const std::string& log) {
  const auto read = [&] {
    summarise_run(log);
    return std::string();
  };
  safely_in_child(log, read, limits_for({log}));
  return summarise_run(log);
}

bool begins(const std::string& line, const char* begin) { return line.rfind(begin, 0) == 0; }

// What a run said last, without how it went on and what it warned of.
std::string last_words(const std::string& messages) {
  std::string words;
  for (const std::string& line : split_lines(messages)) {
    if (begins(line, "warning: ")) continue;
    const bool goes_on =
        begins(line, "step ") || begins(line, "writing ") || begins(line, "going on ");
    words = goes_on ? "" : words + (words.empty() ? "" : "\n") + line;
  }
  return words;
}

std::string warnings_in(const std::string& messages) {
  std::vector<std::string> warnings;
  for (const std::string& line : split_lines(messages))
    if (begins(line, "warning: ")) warnings.push_back(line);
  return join(warnings, "\n");
}

// Why a run failed.
std::string reason(const std::string& messages, int code) {
  const std::string words = last_words(messages);
  if (!words.empty()) return words;
  if (code > kSignal)
    return std::string("was ended by a signal (") + strsignal(code - kSignal) + ").";
  return "ended with exit code " + std::to_string(code) + ".";
}

}  // namespace

SweepJob::SweepJob(const SweepRun& run, std::string folder, const Spec& spec)
    : folder_(std::move(folder)),
      row_{&run, "waiting", std::nullopt},
      length_(length_of(spec)),
      left_(what_is_left(spec)) {}

SweepJob::Left SweepJob::what_is_left(const Spec& spec) {
  if (!fs::exists(log())) return fs::exists(folder_ + "/checkpoint.h5") ? Left::resume : Left::run;
  RunSummary summary = read_summary(log());
  const RunHeader header = read_header(open_run(log()), kRunFormat);
  try {
    require_same_spec(header, spec, summary.step);
  } catch (const SpecError& error) {
    throw SpecError(folder_ + ": " + error.what() + " Take another folder with --out.");
  }
  row_.state = summary.state;
  row_.summary = std::move(summary);
  if (header.spec_resolved == spec.resolved && has_result()) return Left::nothing;
  row_ = {row_.run, "waiting", std::nullopt};
  return Left::resume;
}

bool SweepJob::has_result() const {
  return row_.state == "finished" || row_.state == "stopped" || row_.state == "diverged";
}

void SweepJob::start(const std::string& spec, const std::vector<std::string>& options,
                     const std::vector<std::string>& overrides) {
  std::vector<std::string> arguments = options;
  if (left_ == Left::resume)
    arguments.insert(arguments.end(), {"resume", folder_});
  else
    arguments.insert(arguments.end(), {"run", spec, "--out", folder_, "--overwrite"});
  add_settings(arguments, left_ == Left::resume ? length_ : overrides);
  program_ = std::make_unique<Program>(arguments);
  row_.state = "running";
}

std::string SweepJob::judge(int code, bool expects_interruption) {
  row_.summary.reset();
  try {
    if (fs::exists(log())) row_.summary = read_summary(log());
  } catch (const Error& error) {
    row_.state = "failed";
    return error.what();
  }
  row_.state = row_.summary ? row_.summary->state : "waiting";
  if (is_interruption(code) && expects_interruption) return "";
  const bool agrees = code == 0 ? row_.state == "finished" || row_.state == "stopped"
                                : code == kDiverged && row_.state == "diverged";
  if (agrees) return "";
  if (is_interruption(code) && row_.state == "interrupted")
    return "was interrupted, and not by the sweep. The same command goes on.";
  row_.state = "failed";
  return reason(program_->messages(), code);
}

std::optional<SweepJob::End> SweepJob::end(bool expects_interruption) {
  const std::optional<int> code = program_->exit_code();
  if (!code) return std::nullopt;
  const std::string why = judge(*code, expects_interruption);
  const End end{*code, why, warnings_in(program_->messages())};
  program_.reset();
  left_ = Left::nothing;
  return end;
}

}  // namespace saddle
