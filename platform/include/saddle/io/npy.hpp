#pragma once

#include <saddle/io/number_array.hpp>

#include <string>

namespace saddle {

// Reads an array that numpy.save wrote: version 1 or 2, integers or floats of any width and byte
// order, C order, gzip-compressed or not. Memory grows with what the file really holds, never with
// what it only announces; 2^29 numbers are the most that is read. Throws DataError with the byte
// position for every other file.
NumberArray read_npy(const std::string& path);

}  // namespace saddle
