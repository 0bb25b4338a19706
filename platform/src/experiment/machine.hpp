#pragma once

#include <string>
#include <vector>

namespace saddle {

// The model of the processor, as the system names it.
std::string processor_name();

// An environment variable that changes which kernels the libraries choose or how threads wait.
struct SpeedVariable {
  std::string name, value;
  std::string advice;  // what it costs, or "" where it does no harm
};
// Those that are set now.
std::vector<SpeedVariable> speed_variables();

}  // namespace saddle
