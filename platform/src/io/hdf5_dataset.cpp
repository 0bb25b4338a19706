#include <saddle/base/error.hpp>

#include "io/hdf5_internal.hpp"

#include <hdf5_hl.h>

#include <algorithm>

namespace saddle::hdf5 {
namespace {

constexpr std::uint64_t kMostNumbers = (std::uint64_t{4} << 30) / sizeof(double);
// A small file must not announce what fills the memory: so many numbers are read in any case, and
// so many for each byte that is stored. Compression packs about a thousand.
constexpr std::uint64_t kFreeNumbers = std::uint64_t{1} << 20;
constexpr std::uint64_t kMostPerByte = 4096;

void require_numbers(const Dataset& dataset) {
  const Handle type(check(H5Dget_type(dataset.id()), dataset, "cannot be read"));
  const H5T_class_t kind = H5Tget_class(type.id());
  if (kind != H5T_INTEGER && kind != H5T_FLOAT)
    throw DataError(where(dataset) + ": expected numbers, found " +
                    (kind == H5T_STRING ? "text." : "another type."));
}

void require_count(const Dataset& dataset, std::uint64_t count) {
  if (count > kFreeNumbers && count / kMostPerByte > H5Dget_storage_size(dataset.id()))
    throw DataError(where(dataset) + ": announces " + std::to_string(count) +
                    " numbers, most of which were never written.");
}

template <class T>
std::vector<T> read_all(const Dataset& dataset, Element element) {
  require_numbers(dataset);
  const Handle space(check(H5Dget_space(dataset.id()), dataset, "cannot be read"));
  const auto count = static_cast<std::uint64_t>(
      check(H5Sget_simple_extent_npoints(space.id()), dataset, "cannot be read"));
  if (count > kMostNumbers)
    throw DataError(where(dataset) + ": expected at most " + std::to_string(kMostNumbers) +
                    " numbers, found " + std::to_string(count) + ". Read it by rows.");
  require_count(dataset, count);
  std::vector<T> values(count);
  check(H5Dread(dataset.id(), native_type(element), space.id(), space.id(), H5P_DEFAULT,
                values.data()),
        dataset, "cannot be read");
  return values;
}

// The dataset's space with rows [first, first + count) selected, and a space in memory for them.
struct Rows {
  Rows(const Dataset& dataset, std::uint64_t first, std::uint64_t count, const char* what)
      : file(check(H5Dget_space(dataset.id()), dataset, what)) {
    const int rank = H5Sget_simple_extent_ndims(file.id());
    if (rank < 1)
      throw DataError(where(dataset) + ": expected an array of rows, found a single value.");
    Shape start(static_cast<std::size_t>(rank), 0), block(start);
    H5Sget_simple_extent_dims(file.id(), reinterpret_cast<hsize_t*>(block.data()), nullptr);
    if (first > block[0] || count > block[0] - first)
      throw DataError(where(dataset) + ": expected at least " + std::to_string(first + count) +
                      " rows, found " + std::to_string(block[0]) + ".");
    start[0] = first;
    block[0] = count;
    const auto sizes = reinterpret_cast<const hsize_t*>(block.data());
    check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET,
                              reinterpret_cast<const hsize_t*>(start.data()), nullptr, sizes,
                              nullptr),
          dataset, what);
    memory = Handle(check(H5Screate_simple(rank, sizes, nullptr), dataset, what));
  }
  Handle file;
  Handle memory;
};

static_assert(sizeof(hsize_t) == sizeof(Shape::value_type));

}  // namespace

Id native_type(Element element) {
  switch (element) {
    case Element::float32:
      return H5T_NATIVE_FLOAT;
    case Element::float64:
      return H5T_NATIVE_DOUBLE;
    case Element::int64:
      return H5T_NATIVE_INT64;
    case Element::uint8:
      return H5T_NATIVE_UINT8;
  }
  return -1;
}

Id stored_type(Element element) {
  switch (element) {
    case Element::float32:
      return H5T_IEEE_F32LE;
    case Element::float64:
      return H5T_IEEE_F64LE;
    case Element::int64:
      return H5T_STD_I64LE;
    case Element::uint8:
      return H5T_STD_U8LE;
  }
  return -1;
}

std::size_t bytes_of(Element element) { return H5Tget_size(native_type(element)); }

Dataset::Dataset(Handle handle, std::string file, std::string path)
    : Object(std::move(handle), std::move(file), std::move(path)) {}

Shape Dataset::shape() const {
  const Handle space(check(H5Dget_space(id()), *this, "cannot be read"));
  if (H5Sget_simple_extent_type(space.id()) == H5S_NULL)
    throw DataError(where(*this) + ": expected values, found a dataset that can hold none.");
  Shape shape(static_cast<std::size_t>(
      check(H5Sget_simple_extent_ndims(space.id()), *this, "cannot be read")));
  H5Sget_simple_extent_dims(space.id(), reinterpret_cast<hsize_t*>(shape.data()), nullptr);
  return shape;
}

Scalar Dataset::scalar() const {
  return read_scalar(where(*this), Handle(check(H5Dget_type(id()), *this, "cannot be read")),
                     Handle(check(H5Dget_space(id()), *this, "cannot be read")),
                     [this](Id memory, void* out) {
                       return H5Dread(id(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, out);
                     });
}

std::vector<double> Dataset::numbers() const { return read_all<double>(*this, Element::float64); }

std::vector<std::int64_t> Dataset::integers() const {
  return read_all<std::int64_t>(*this, Element::int64);
}

void Dataset::require_written(std::uint64_t rows) const {
  const Shape sizes = shape();
  std::uint64_t count = std::max<std::uint64_t>(rows, 1);
  for (std::size_t axis = 1; axis < sizes.size(); ++axis) {
    // Without elements, lengths whose product cannot be counted would cost no byte.
    const std::uint64_t size = std::max<std::uint64_t>(sizes[axis], 1);
    count = size > UINT64_MAX / count ? UINT64_MAX : count * size;
  }
  require_count(*this, count);
}

void Dataset::read_rows(std::uint64_t first, std::uint64_t count, Element element,
                        void* out) const {
  require_numbers(*this);
  const Rows rows(*this, first, count, "cannot be read");
  check(H5Dread(id(), native_type(element), rows.memory.id(), rows.file.id(), H5P_DEFAULT, out),
        *this, "cannot be read");
}

void Dataset::refresh() { check(H5Drefresh(id()), *this, "cannot be read"); }

void Dataset::write(Element element, const void* values) {
  check(H5Dwrite(id(), native_type(element), H5S_ALL, H5S_ALL, H5P_DEFAULT, values), *this,
        "cannot be written");
}

void Dataset::write_rows(std::uint64_t first, std::uint64_t count, Element element,
                         const void* values) {
  Shape extent = shape();
  if (!extent.empty() && extent[0] < first + count) {
    extent[0] = first + count;
    check(H5Dset_extent(id(), reinterpret_cast<const hsize_t*>(extent.data())), *this,
          "cannot be extended");
  }
  const Rows rows(*this, first, count, "cannot be written");
  check(H5Dwrite(id(), native_type(element), rows.memory.id(), rows.file.id(), H5P_DEFAULT, values),
        *this, "cannot be written");
}

void Dataset::make_scale(const std::string& name) {
  check(H5DSset_scale(id(), name.c_str()), *this, "cannot become a dimension");
}

void Dataset::attach_scale(unsigned axis, const Dataset& scale) {
  check(H5DSattach_scale(id(), scale.id(), axis), *this, "cannot be given its dimensions");
}

}  // namespace saddle::hdf5
