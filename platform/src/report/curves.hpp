#pragma once

#include "io/hdf5.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

// A series of a table as it is drawn, with what says how far it can be trusted.
struct Curve {
  std::string table, name;  // "metrics/kl" and "forward"
  std::string unit, definition;
  std::vector<double> steps, values;
  std::vector<double> error, baseline;  // one for each value, or none
  std::vector<bool> flagged;            // one for each value, or none
};

// Every series of a run's losses, metrics and players, up to the last committed step. Where there
// are more than `most` records, the means of neighbouring ones.
std::vector<Curve> read_curves(const hdf5::File& run, std::size_t most);

}  // namespace saddle
