#pragma once

#include "io/hdf5.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saddle {

// A picture of the samples of one step, as a piece of a web page.
struct SampleFigure {
  std::int64_t step;
  std::string html;
};

// Of at most `most` of a run's records, evenly spread, the last among them: images as a grid,
// points over the real ones by their first two coordinates, numbers as histograms. Of samples of
// another shape there are none.
std::vector<SampleFigure> sample_figures(const hdf5::File& run, std::size_t most);

}  // namespace saddle
