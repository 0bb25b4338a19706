#pragma once

#include "fuzz/edits.hpp"
#include "io/hdf5.hpp"

#include <string>

namespace saddle::fuzz {

// Lets the library keep what it frees: it takes megabytes for each conversion, which the address
// sanitizer would map and fill anew.
void keep_buffers();

// Objects that HDF5 allows and that no run or checkpoint of ours holds, as the parameters of an
// edit say. Where the library refuses to make one, there is none.
void make_odd_object(hdf5::Id parent, const std::string& name, Bytes& edit);
void make_odd_attribute(hdf5::Id object, const std::string& name, Bytes& edit);

}  // namespace saddle::fuzz
