#include <saddle/base/error.hpp>

#include "io/hdf5_internal.hpp"

#include <hdf5_hl.h>

// How a dataset is stored, for copies of its layout.
namespace saddle::hdf5 {

Element Dataset::element() const {
  const Handle type(check(H5Dget_type(id()), *this, "cannot be read"));
  for (const Element element : {Element::float32, Element::float64, Element::int64, Element::uint8})
    if (H5Tequal(type.id(), stored_type(element)) > 0) return element;
  throw DataError(where(*this) + ": its elements are of a type that saddle does not write.");
}

std::uint64_t Dataset::chunk_rows() const {
  const Handle space(check(H5Dget_space(id()), *this, "cannot be read")),
      properties(check(H5Dget_create_plist(id()), *this, "cannot be read"));
  const int rank = H5Sget_simple_extent_ndims(space.id());
  if (rank < 1 || H5Pget_layout(properties.id()) != H5D_CHUNKED) return 0;
  Shape most(static_cast<std::size_t>(rank)), chunk(most);
  H5Sget_simple_extent_dims(space.id(), nullptr, reinterpret_cast<hsize_t*>(most.data()));
  H5Pget_chunk(properties.id(), rank, reinterpret_cast<hsize_t*>(chunk.data()));
  return most[0] == H5S_UNLIMITED ? chunk[0] : 0;
}

std::string Dataset::scale_of(unsigned axis) const {
  std::string name;
  const auto take = [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
    char path[1024] = "";
    H5Iget_name(scale, path, sizeof path);
    const std::string text = path;
    *static_cast<std::string*>(into) = text.substr(text.rfind('/') + 1);
    return 1;  // one is enough
  };
  check(H5DSiterate_scales(id(), axis, nullptr, take, &name), *this, "cannot be read");
  return name;
}

bool Dataset::is_scale() const { return H5DSis_scale(id()) > 0; }

}  // namespace saddle::hdf5
