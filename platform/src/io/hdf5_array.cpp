#include <saddle/io/hdf5_array.hpp>

#include <saddle/base/error.hpp>

#include "io/hdf5.hpp"

namespace saddle {

NumberArray read_hdf5(const std::string& path, const std::string& dataset) {
  const hdf5::File file = hdf5::File::open(path, hdf5::Access::read);
  if (!file.has(dataset) || file.has_group(dataset))
    throw DataError(path + ": there is no dataset '" + dataset + "' in it.");
  const hdf5::Dataset found = file.dataset(dataset);
  return {found.shape(), found.numbers()};
}

}  // namespace saddle
