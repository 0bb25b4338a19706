#pragma once

#include "io/hdf5.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// Names as paths, and what they are.
using Facts = std::vector<std::pair<std::string, hdf5::Scalar>>;
// The text of one fact, "" where there is none.
std::string fact_text(const Facts& facts, const std::string& name);

// Who made a run, and of what: the same in its log and in its checkpoints.
struct RunHeader {
  std::string name;
  std::uint64_t seed = 0;
  std::string created;  // ISO 8601
  std::string spec_source;
  std::string spec_resolved;
  // Scalars below /provenance.
  Facts provenance;
  // As read; what is written is our own.
  std::string saddle_version = "";
};

// Writes the attributes of `file`, /spec and /provenance. `format` is what kind of file it is.
void write_header(hdf5::File& file, const std::string& format, const RunHeader& header);

// The one integer that a dataset of saddle holds. Throws DataError where it holds anything else.
std::int64_t integer(const hdf5::Group& group, const std::string& name);

// Throws DataError where the file is of another format, or of a later version of it.
RunHeader read_header(const hdf5::File& file, const std::string& format);

}  // namespace saddle
