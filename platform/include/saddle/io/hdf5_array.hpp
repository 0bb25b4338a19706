#pragma once

#include <saddle/io/number_array.hpp>

#include <string>

namespace saddle {

// Reads a dataset of numbers from an HDF5 file, at most 4 GiB of doubles. Throws DataError.
NumberArray read_hdf5(const std::string& path, const std::string& dataset);

}  // namespace saddle
