#pragma once

#include <saddle/io/number_array.hpp>

#include <string>

namespace saddle {

// Reads an array that numpy.save wrote: version 1, 2 or 3, integers of 1 to 8 bytes or floats of 2,
// 4 or 8, any byte order, C or Fortran order, gzip-compressed or not. Memory grows with what the
// file really holds, never with what it only announces, and is twice that for Fortran order; 2^29
// numbers are the most that is read. Throws DataError with the byte position for every other file.
NumberArray read_npy(const std::string& path);

}  // namespace saddle
