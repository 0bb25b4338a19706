#include "fuzz/made_file.hpp"

#include <saddle/base/error.hpp>

#include "fuzz/odd_objects.hpp"

namespace saddle::fuzz {

MadeFile::MadeFile(std::string_view input, const std::string& path)
    : file_(hdf5::File::create(path, path)), edits_(input) {
  keep_buffers();
}

bool MadeFile::replaced(const std::string& path) {
  Bytes* const edit = this->edit();
  if (edit == nullptr) return false;
  const auto slash = path.rfind('/');
  const bool below = slash != std::string::npos;
  try {
    const hdf5::Group parent = file_.create_group(below ? path.substr(0, slash) : "/");
    make_odd_object(parent.id(), below ? path.substr(slash + 1) : path, *edit);
  } catch (const DataError&) {
    // What should be its group was replaced by something else.
  }
  return true;
}

void MadeFile::attribute(const std::string& name, const hdf5::Scalar& value) {
  if (Bytes* const edit = this->edit())
    make_odd_attribute(file_.id(), name, *edit);
  else
    file_.set_attribute(name, value);
}

void MadeFile::scalar(const std::string& path, const hdf5::Scalar& value) {
  if (replaced(path)) return;
  try {
    file_.create_scalar(path, value);
  } catch (const DataError&) {
  }
}

void MadeFile::numbers(const std::string& path, hdf5::Element element, const hdf5::Shape& shape,
                       const std::vector<double>& values) {
  if (replaced(path)) return;
  try {
    const hdf5::Shape row(shape.begin() + 1, shape.end());
    file_.create_rows(path, {element, row, 4})
        .write_rows(0, shape[0], hdf5::Element::float64, values.data());
  } catch (const DataError&) {
  }
}

void MadeFile::fixed_numbers(const std::string& path, hdf5::Element element,
                             const hdf5::Shape& shape, const std::vector<double>& values) {
  if (replaced(path)) return;
  try {
    file_.create_array(path, element, shape).write(hdf5::Element::float64, values.data());
  } catch (const DataError&) {
  }
}

void MadeFile::dimension(const std::string& path, std::uint64_t size, const std::string& dataset,
                         unsigned axis) {
  try {
    if (!replaced(path)) file_.create_dimension(path, size);
    file_.dataset(dataset).attach_scale(axis, file_.dataset(path));
  } catch (const DataError&) {
  }
}

void MadeFile::extras(const std::vector<std::string>& groups) {
  for (unsigned slot = kExtraSlots; slot < 256; ++slot) {
    Bytes* const edit = edits_.of(static_cast<std::uint8_t>(slot));
    if (edit == nullptr) continue;
    const std::string& group = groups[edit->next() % groups.size()];
    try {
      make_odd_object(file_.create_group(group).id(), "extra-" + std::to_string(slot), *edit);
    } catch (const DataError&) {
    }
  }
}

}  // namespace saddle::fuzz
