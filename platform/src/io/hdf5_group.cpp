#include <saddle/base/error.hpp>

#include "io/hdf5_internal.hpp"

#include <cmath>
#include <cstdio>
#include <limits>

namespace saddle::hdf5 {
namespace {

std::string joined(const std::string& parent, const std::string& name) {
  return (parent == "/" ? "/" : parent + "/") + name;
}

std::string parent_of(const std::string& name) {
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? "" : name.substr(0, slash);
}

herr_t collect(Id, const char* name, const H5L_info_t*, void* into) {
  static_cast<std::vector<std::string>*>(into)->emplace_back(name);
  return 0;
}

herr_t refuse_link(const char*, const char*, const char*, const char*, unsigned*, Id, void*) {
  H5Epush2(H5E_DEFAULT, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_LINK, H5E_TRAVERSE,
           "it is a link to another file");
  return -1;
}

// How objects are looked up: links to other files are not followed, which might wait for ever, as
// pipes do, or be none of the reader's business.
Id within_file(Id kind) {
  const Id properties = H5Pcreate(kind);
  H5Pset_elink_cb(properties, refuse_link, nullptr);
  return properties;
}
Id lookup() {
  static const Id properties = within_file(H5P_LINK_ACCESS);
  return properties;
}
Id dataset_lookup() {
  static const Id properties = within_file(H5P_DATASET_ACCESS);
  return properties;
}

void require_own_values(const Dataset& dataset) {
  const Handle made(check(H5Dget_create_plist(dataset.id()), dataset, "cannot be read"));
  if (H5Pget_external_count(made.id()) > 0 || H5Pget_layout(made.id()) == H5D_VIRTUAL)
    throw DataError(where(dataset) + ": its values lie in another file, which is not read.");
}

Handle dataset_properties(Element element) {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::int64_t none = -1;
  if (element == Element::int64)
    H5Pset_fill_value(properties.id(), H5T_NATIVE_INT64, &none);
  else if (element != Element::uint8)
    H5Pset_fill_value(properties.id(), H5T_NATIVE_DOUBLE, &nan);
  return properties;
}

Handle simple_space(const Shape& shape, const Shape& most) {
  return Handle(H5Screate_simple(static_cast<int>(shape.size()),
                                 reinterpret_cast<const hsize_t*>(shape.data()),
                                 reinterpret_cast<const hsize_t*>(most.data())));
}

Dataset create(const Group& parent, const std::string& name, Id type, const Handle& space,
               const Handle& properties) {
  const std::string path = joined(parent.path(), name);
  Handle made(H5Dcreate2(parent.id(), name.c_str(), type, space.id(), H5P_DEFAULT, properties.id(),
                         H5P_DEFAULT));
  if (!made.valid()) fail(parent.file() + ": " + path, "cannot be created");
  return Dataset(std::move(made), parent.file(), path);
}

}  // namespace

Group::Group(Handle handle, std::string file, std::string path)
    : Object(std::move(handle), std::move(file), std::move(path)) {}

// The library wants each group on the way to be asked for in turn.
bool Group::has(const std::string& name) const {
  for (auto slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1))
    if (H5Lexists(id(), name.substr(0, slash).c_str(), lookup()) <= 0) return false;
  return H5Lexists(id(), name.c_str(), lookup()) > 0;
}

bool Group::has_group(const std::string& name) const {
  if (!has(name)) return false;
  const Handle object(H5Oopen(id(), name.c_str(), lookup()));
  return object.valid() && H5Iget_type(object.id()) == H5I_GROUP;
}

std::vector<std::string> Group::names() const {
  std::vector<std::string> names;
  // Files of other origin do not track the order; their names come sorted.
  if (H5Literate(id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect, &names) < 0) {
    names.clear();
    check(H5Literate(id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names), *this,
          "cannot be read");
  }
  return names;
}

Group Group::group(const std::string& name) const {
  Handle opened(H5Gopen2(id(), name.c_str(), lookup()));
  if (!opened.valid()) fail(file() + ": " + joined(path(), name), "cannot be opened as a group");
  return Group(std::move(opened), file(), joined(path(), name));
}

Dataset Group::dataset(const std::string& name) const {
  Handle opened(H5Dopen2(id(), name.c_str(), dataset_lookup()));
  if (!opened.valid()) fail(file() + ": " + joined(path(), name), "cannot be opened as a dataset");
  Dataset dataset(std::move(opened), file(), joined(path(), name));
  require_own_values(dataset);
  return dataset;
}

Group Group::create_group(const std::string& name) {
  if (has(name)) return group(name);
  create_parent(name);
  const Handle properties(H5Pcreate(H5P_GROUP_CREATE));
  const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  H5Pset_link_creation_order(properties.id(), order);
  H5Pset_attr_creation_order(properties.id(), order);
  Handle made(H5Gcreate2(id(), name.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT));
  if (!made.valid()) fail(file() + ": " + joined(path(), name), "cannot be created");
  return Group(std::move(made), file(), joined(path(), name));
}

void Group::create_parent(const std::string& name) {
  const std::string parent = parent_of(name);
  if (!parent.empty()) create_group(parent);
}

Dataset Group::create_scalar(const std::string& name, const Scalar& value) {
  create_parent(name);
  std::vector<Dataset> made;
  put_scalar(value, [&](Id stored, Id native, const void* address) {
    made.push_back(create(*this, name, stored, one(), Handle(H5Pcreate(H5P_DATASET_CREATE))));
    check(H5Dwrite(made[0].id(), native, H5S_ALL, H5S_ALL, H5P_DEFAULT, address), made[0],
          "cannot be written");
  });
  return std::move(made[0]);
}

Dataset Group::create_array(const std::string& name, Element element, const Shape& shape) {
  create_parent(name);
  return create(*this, name, stored_type(element), simple_space(shape, shape),
                dataset_properties(element));
}

Dataset Group::create_rows(const std::string& name, const RowLayout& layout) {
  create_parent(name);
  Shape shape = layout.row, most = layout.row, chunk = layout.row;
  shape.insert(shape.begin(), 0);
  most.insert(most.begin(), H5S_UNLIMITED);
  chunk.insert(chunk.begin(), layout.chunk_rows);
  const Handle properties = dataset_properties(layout.element);
  H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()),
               reinterpret_cast<const hsize_t*>(chunk.data()));
  return create(*this, name, stored_type(layout.element), simple_space(shape, most), properties);
}

Dataset Group::create_dimension(const std::string& name, std::uint64_t size) {
  create_parent(name);
  Dataset dimension = create(*this, name, H5T_IEEE_F32BE, simple_space({size}, {size}),
                             Handle(H5Pcreate(H5P_DATASET_CREATE)));
  // The sentence by which netCDF knows a dimension that has no variable.
  char text[80];
  std::snprintf(text, sizeof text, "This is a netCDF dimension but not a netCDF variable.%10llu",
                static_cast<unsigned long long>(size));
  dimension.make_scale(text);
  return dimension;
}

}  // namespace saddle::hdf5
