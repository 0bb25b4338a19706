#pragma once

#include "base/program.hpp"
#include "experiment/spec.hpp"
#include "experiment/sweep_table.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// A run of a sweep and the process that trains it: what its folder holds decides what is left to
// do, and what its log says, together with the exit code, how it went.
class SweepJob {
 public:
  // `run` must outlive the job. Throws SpecError where the folder holds a run of another spec,
  // DataError where its log cannot be read.
  SweepJob(const SweepRun& run, std::string folder, const Spec& spec);

  const SweepRow& row() const { return row_; }
  const std::string& folder() const { return folder_; }
  bool is_waiting() const { return left_ != Left::nothing && !program_; }
  bool begins_anew() const { return left_ == Left::run; }
  bool is_running() const { return program_ != nullptr; }
  // Whether the log is that of a run that came to its end, or diverged.
  bool has_result() const;

  // Arguments of `saddle` before the command, and what `run` sets.
  void start(const std::string& spec, const std::vector<std::string>& options,
             const std::vector<std::string>& overrides);
  void interrupt(int signal) { program_->interrupt(signal); }
  // Nothing while it runs. `why` is what it said where it has failed, `warnings` what it warned of.
  struct End {
    int exit_code;
    std::string why, warnings;
  };
  // `expects_interruption`: the sweep itself sent a signal.
  std::optional<End> end(bool expects_interruption);

 private:
  enum class Left { run, resume, nothing };

  Left what_is_left(const Spec& spec);
  std::string log() const { return folder_ + "/run.h5"; }
  // How it went, and what was wrong, if anything.
  std::string judge(int code, bool expects_interruption);

  std::string folder_;
  SweepRow row_;
  std::vector<std::string> length_;  // what a resume sets
  Left left_;
  std::unique_ptr<Program> program_;
};

}  // namespace saddle
