#pragma once

#include <string>
#include <vector>

namespace saddle {

// The model of the processor, as the system names it.
std::string processor_name();
// The file of the library that this code runs from.
std::string library_path();
// The present time in UTC, as ISO 8601: "2026-01-31T12:00:00Z".
std::string now_text();

// An environment variable that changes which kernels the libraries choose or how threads wait.
struct SpeedVariable {
  std::string name, value;
  std::string advice;  // what it costs, or "" where it does no harm
};
// Those that are set now.
std::vector<SpeedVariable> speed_variables();

}  // namespace saddle
