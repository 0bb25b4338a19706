#pragma once

#include "fuzz/edits.hpp"
#include "io/hdf5.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace saddle::fuzz {

// Makes an HDF5 file as its caller says, but for what the edits of an input change: an
// object is missing, of another type, shape or layout, a link to elsewhere, or not the only one.
class MadeFile {
 public:
  // The slots from here on are extra objects; those below stand for what the caller makes.
  static constexpr std::uint8_t kExtraSlots = 200;

  // Replaces the file `path`; it is whole once this object is gone.
  MadeFile(std::string_view input, const std::string& path);

  void attribute(const std::string& name, const hdf5::Scalar& value);
  void scalar(const std::string& path, const hdf5::Scalar& value);
  void numbers(const std::string& path, hdf5::Element element, const hdf5::Shape& shape,
               const std::vector<double>& values);
  // As run files hold what does not grow.
  void fixed_numbers(const std::string& path, hdf5::Element element, const hdf5::Shape& shape,
                     const std::vector<double>& values);
  // A dimension, as the scale of an axis of a dataset where that has such an axis.
  void dimension(const std::string& path, std::uint64_t size, const std::string& dataset,
                 unsigned axis);
  // Adds the extra objects, each to one of these groups.
  void extras(const std::vector<std::string>& groups);

 private:
  // The edit of the next slot, null where it has none.
  Bytes* edit() { return edits_.of(slot_++); }
  // Whether an edit took the object's place.
  bool replaced(const std::string& path);

  hdf5::File file_;
  Edits edits_;
  std::uint8_t slot_ = 0;
};

}  // namespace saddle::fuzz
