#include <saddle/base/error.hpp>

#include "io/hdf5_internal.hpp"

#include <type_traits>

namespace saddle::hdf5 {
namespace {

constexpr std::size_t kLongestText = std::size_t{1} << 24;  // bytes

std::string read_text(const std::string& name, const Handle& type, const ReadValue& read) {
  const Handle memory(H5Tcopy(H5T_C_S1));
  // The library does not convert between the character sets.
  H5Tset_cset(memory.id(), H5Tget_cset(type.id()));
  if (H5Tis_variable_str(type.id()) > 0) {
    H5Tset_size(memory.id(), H5T_VARIABLE);
    char* text = nullptr;
    if (read(memory.id(), &text) < 0) fail(name, "cannot be read");
    const std::string copy = text == nullptr ? "" : text;
    H5free_memory(text);
    return copy;
  }
  const std::size_t size = H5Tget_size(type.id());
  if (size > kLongestText) throw DataError(name + ": expected at most 16 MiB of text, found more.");
  H5Tset_size(memory.id(), size);
  H5Tset_strpad(memory.id(), H5T_STR_NULLPAD);
  std::string text(size, '\0');
  if (read(memory.id(), text.data()) < 0) fail(name, "cannot be read");
  text.resize(text.find_last_not_of('\0') + 1);
  return text;
}

template <typename Number>
Number read_number(const std::string& name, Id type, const ReadValue& read) {
  Number number{};
  if (read(type, &number) < 0) fail(name, "cannot be read");
  return number;
}

template <typename Number>
Id number_type(bool stored) {
  if constexpr (std::is_same_v<Number, float>)
    return stored ? H5T_IEEE_F32LE : H5T_NATIVE_FLOAT;
  else if constexpr (std::is_same_v<Number, double>)
    return stored ? H5T_IEEE_F64LE : H5T_NATIVE_DOUBLE;
  else if constexpr (std::is_same_v<Number, std::int64_t>)
    return stored ? H5T_STD_I64LE : H5T_NATIVE_INT64;
  else
    return stored ? H5T_STD_U64LE : H5T_NATIVE_UINT64;
}

}  // namespace

Scalar read_scalar(const std::string& name, const Handle& type, const Handle& space,
                   const ReadValue& read) {
  const auto count = H5Sget_simple_extent_npoints(space.id());
  if (count != 1)
    throw DataError(name + ": expected one value, found " + std::to_string(count) + ".");
  switch (H5Tget_class(type.id())) {
    case H5T_STRING:
      return read_text(name, type, read);
    case H5T_FLOAT:
      return read_number<double>(name, H5T_NATIVE_DOUBLE, read);
    case H5T_INTEGER:
      if (H5Tget_sign(type.id()) == H5T_SGN_NONE)
        return read_number<std::uint64_t>(name, H5T_NATIVE_UINT64, read);
      return read_number<std::int64_t>(name, H5T_NATIVE_INT64, read);
    default:
      throw DataError(name + ": expected text or a number, found another type.");
  }
}

void put_scalar(const Scalar& value, const PutValue& put) {
  std::visit(
      [&](const auto& plain) {
        using Plain = std::decay_t<decltype(plain)>;
        if constexpr (std::is_same_v<Plain, std::string>) {
          const Handle type = text_type();
          const char* text = plain.c_str();
          put(type.id(), type.id(), &text);
        } else {
          put(number_type<Plain>(true), number_type<Plain>(false), &plain);
        }
      },
      value);
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1));
  H5Tset_size(type.id(), H5T_VARIABLE);
  H5Tset_cset(type.id(), H5T_CSET_UTF8);
  return type;
}

Handle one() { return Handle(H5Screate(H5S_SCALAR)); }

bool Object::has_attribute(const std::string& name) const {
  return H5Aexists(id(), name.c_str()) > 0;
}

std::vector<std::string> Object::attribute_names() const {
  std::vector<std::string> names;
  hsize_t at = 0;
  const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* into) -> herr_t {
    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
    return 0;
  };
  if (H5Aiterate2(id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &at, collect, &names) >= 0) return names;
  names.clear();
  at = 0;
  check(H5Aiterate2(id(), H5_INDEX_NAME, H5_ITER_INC, &at, collect, &names), *this,
        "cannot be read");
  return names;
}

Scalar Object::attribute(const std::string& name) const {
  const std::string full = where(*this) + ", attribute " + name;
  const Handle attribute(H5Aopen(id(), name.c_str(), H5P_DEFAULT));
  if (!attribute.valid()) fail(full, "cannot be read");
  return read_scalar(full, Handle(H5Aget_type(attribute.id())),
                     Handle(H5Aget_space(attribute.id())),
                     [&](Id memory, void* out) { return H5Aread(attribute.id(), memory, out); });
}

void Object::set_attribute(const std::string& name, const Scalar& value) {
  const std::string full = where(*this) + ", attribute " + name;
  put_scalar(value, [&](Id stored, Id native, const void* address) {
    const Handle space = one();
    const Handle attribute(
        H5Acreate2(id(), name.c_str(), stored, space.id(), H5P_DEFAULT, H5P_DEFAULT));
    if (!attribute.valid() || H5Awrite(attribute.id(), native, address) < 0)
      fail(full, "cannot be written");
  });
}

}  // namespace saddle::hdf5
