#pragma once

#include "plugin/catalog.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace saddle {

// What a verification found, for the user.
struct Verdict {
  std::string text;
  int exit_code;  // 0 where all is the same, 1 where it is not, or that of a signal
};

// Runs the experiment of a run file again, as far as the file goes, and compares every number bit
// for bit; up to there each has the datasets and the steps of the other. With `windows`, only so
// many stretches between states that the file holds, spread over the run, each from the stored
// state to the next one. Plugins are found by name on the search path, never by a path in the file;
// that they or the host are not those of the run is warned of. Throws DataError where the data are
// not those of the run, and SpecError where there are no states for windows.
Verdict verify_run(const std::string& path, const Catalog& catalog,
                   std::optional<std::int64_t> windows);

}  // namespace saddle
