#pragma once

#include <string>
#include <vector>

namespace saddle::cli {

// The comparison of run files, which are read in a child process, since they may be anybody's. As
// text a table for each metric with a line for each group: what tells it from the others, its runs,
// and of each series the mean and, of several runs, the standard deviation. As JSON {"groups":
// [{"settings", "runs": [{"file", "name", "seed", "state", "step", "values"}], "series": {NAME:
// {"unit", "n", "mean", "deviation", "flagged"}}}]}.
std::string comparison_of(const std::vector<std::string>& files,
                          const std::vector<std::string>& series, bool json);

}  // namespace saddle::cli
