#pragma once

#include <saddle/io/number_array.hpp>

#include <string>

namespace saddle {

// Reads the numbers at "x.npy", "x.csv", "x.csv:b,c", where columns are chosen by name or by number
// from 0, or "x.h5:/group/dataset"; npy and csv may be gzip-compressed, as "x.npy.gz". A table is
// [rows, columns]; its first row names the columns where it is not all numbers. Of HDF5,
// "x.h5:/group/dataset[-1]" is one record along the first axis, from 0 or, below it, from the end;
// datasets of a record for each step whose records have two axes or more are read in no other way.
// HDF5 is read in a child process, so that a damaged file harms nobody; call it before there are
// threads. Throws DataError.
NumberArray read_numbers(const std::string& where);

}  // namespace saddle
