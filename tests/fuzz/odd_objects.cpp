#include "fuzz/odd_objects.hpp"

#include <hdf5.h>

#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <vector>

namespace saddle::fuzz {
namespace {

using hdf5::Handle;
using hdf5::Shape;

constexpr std::uint64_t kMostBytes = 1 << 16;  // of the values that are written

// A pipe that nobody writes to: who opens it waits for ever.
class Pipe {
 public:
  Pipe() { mkfifo(path_.c_str(), 0600); }
  ~Pipe() { unlink(path_.c_str()); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  const char* path() const { return path_.c_str(); }

 private:
  std::string path_ = "/dev/shm/saddle-fuzz-pipe-" + std::to_string(getpid());
};

const char* pipe_path() {
  static const Pipe pipe;
  return pipe.path();
}

Handle text_type(std::size_t size, H5T_cset_t characters) {
  Handle type(H5Tcopy(H5T_C_S1));
  H5Tset_size(type.id(), size);
  H5Tset_cset(type.id(), characters);
  return type;
}

Handle compound_type(std::size_t size) {
  Handle type(H5Tcreate(H5T_COMPOUND, size));
  H5Tinsert(type.id(), "value", 0, H5T_IEEE_F64LE);
  return type;
}

Handle enum_type() {
  Handle type(H5Tenum_create(H5T_NATIVE_INT8));
  const std::int8_t value = 1;
  H5Tenum_insert(type.id(), "one", &value);
  return type;
}

Handle array_type(hsize_t size) { return Handle(H5Tarray_create2(H5T_IEEE_F64LE, 1, &size)); }

Handle odd_type(Bytes& edit) {
  const hid_t numbers[] = {H5T_IEEE_F64LE,  H5T_IEEE_F64BE,  H5T_IEEE_F32LE, H5T_NATIVE_LDOUBLE,
                           H5T_STD_I64LE,   H5T_STD_I64BE,   H5T_STD_U64LE,  H5T_STD_I8LE,
                           H5T_STD_U8LE,    H5T_STD_I32BE,   H5T_STD_U16LE,  H5T_STD_B8LE,
                           H5T_STD_REF_OBJ, H5T_NATIVE_HBOOL};
  const std::size_t sizes[] = {1, 8, 24, 4096, std::size_t{1} << 30, std::size_t{1} << 31};
  switch (edit.next() % 10) {
    default:
      return Handle(H5Tcopy(edit.among(numbers)));
    case 4:
      return text_type(H5T_VARIABLE, H5T_CSET_UTF8);
    case 5:
      return text_type(edit.among(sizes), edit.next() % 2 == 0 ? H5T_CSET_ASCII : H5T_CSET_UTF8);
    case 6:
      return compound_type(std::max<std::size_t>(8, edit.among(sizes)));
    case 7:
      return edit.next() % 2 == 0 ? enum_type() : array_type(1 + edit.next());
    case 8:
      return Handle(H5Tvlen_create(H5T_IEEE_F64LE));
    case 9:
      return Handle(H5Tcreate(H5T_OPAQUE, edit.among(sizes)));
  }
}

Shape odd_shape(Bytes& edit) {
  constexpr std::uint64_t kSizes[] = {
      0, 1, 2, 3, 5, 1000, 1 << 16, 1 << 24, std::uint64_t{1} << 40};
  Shape shape(edit.next() % 8 == 7 ? 32u : edit.next() % 4u);
  for (std::uint64_t& size : shape) size = shape.size() == 32 ? 1 : edit.among(kSizes);
  return shape;
}

Handle odd_space(Bytes& edit) {
  switch (edit.next() % 8) {
    case 0:
      return Handle(H5Screate(H5S_SCALAR));
    case 1:
      return Handle(H5Screate(H5S_NULL));
    default: {
      const Shape shape = odd_shape(edit);
      Shape most = shape;
      if (!most.empty() && edit.next() % 2 == 1) most[0] = H5S_UNLIMITED;
      return Handle(H5Screate_simple(static_cast<int>(shape.size()),
                                     reinterpret_cast<const hsize_t*>(shape.data()),
                                     reinterpret_cast<const hsize_t*>(most.data())));
    }
  }
}

void set_chunks(const Handle& properties, const Handle& space) {
  const int rank = H5Sget_simple_extent_ndims(space.id());
  const Shape chunk(static_cast<std::size_t>(std::max(rank, 0)), 2);
  H5Pset_chunk(properties.id(), rank, reinterpret_cast<const hsize_t*>(chunk.data()));
}

Handle odd_layout(const Handle& type, const Handle& space, Bytes& edit) {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE));
  switch (edit.next() % 8) {
    case 0:
      H5Pset_layout(properties.id(), H5D_COMPACT);
      break;
    case 1:
      set_chunks(properties, space);
      break;
    case 2:
      set_chunks(properties, space);
      H5Pset_shuffle(properties.id());
      H5Pset_deflate(properties.id(), 1);
      break;
    case 3:
      set_chunks(properties, space);
      H5Pset_fletcher32(properties.id());
      break;
    case 4:
      H5Pset_external(properties.id(), pipe_path(), 0, H5F_UNLIMITED);
      break;
    case 5:
      H5Pset_virtual(properties.id(), space.id(), pipe_path(), "x", space.id());
      break;
    default:
      break;
  }
  if (edit.next() % 8 == 7) H5Pset_fill_value(properties.id(), type.id(), nullptr);
  return properties;
}

// Puts the rest of the edit, over and over, where there is any: `write` takes the values.
template <class Write>
void fill(const Handle& type, const Handle& space, Bytes& edit, const Write& write) {
  const hssize_t count = H5Sget_simple_extent_npoints(space.id());
  const std::size_t size = H5Tget_size(type.id());
  if (edit.empty() || count <= 0 || size == 0 ||
      static_cast<std::uint64_t>(count) > kMostBytes / size)
    return;
  const std::string_view pattern = edit.take(64);
  if (H5Tis_variable_str(type.id()) > 0) {
    const std::string text(pattern);
    write(std::vector<const char*>(static_cast<std::size_t>(count), text.c_str()).data());
  } else if (H5Tdetect_class(type.id(), H5T_VLEN) == 0) {
    std::vector<char> values(static_cast<std::size_t>(count) * size);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = pattern[i % pattern.size()];
    write(values.data());
  }
}

void make_odd_dataset(hdf5::Id parent, const std::string& name, Bytes& edit) {
  const Handle type = odd_type(edit), space = odd_space(edit);
  const Handle properties = odd_layout(type, space, edit);
  const Handle made(H5Dcreate2(parent, name.c_str(), type.id(), space.id(), H5P_DEFAULT,
                               properties.id(), H5P_DEFAULT));
  if (!made.valid()) return;
  const Handle layout(H5Dget_create_plist(made.id()));
  if (H5Pget_external_count(layout.id()) > 0 || H5Pget_layout(layout.id()) == H5D_VIRTUAL) return;
  fill(type, space, edit, [&](const void* values) {
    H5Dwrite(made.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  });
}

void make_deep_groups(hdf5::Id parent, const std::string& name, Bytes& edit) {
  Handle inner(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  for (unsigned depth = edit.next(); depth > 0; --depth)
    inner = Handle(H5Gcreate2(inner.id(), "deeper", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

}  // namespace

void keep_buffers() { H5set_free_list_limits(-1, -1, -1, -1, -1, -1); }

void make_odd_object(hdf5::Id parent, const std::string& name, Bytes& edit) {
  const char* const targets[] = {"/", ".", "/missing", "/spec", "/progress/step", "/tensors"};
  switch (edit.next() % 16) {
    case 0:
      return;  // there is none
    case 1:
      return make_deep_groups(parent, name, edit);
    case 2: {
      const Handle type = odd_type(edit);
      H5Tcommit2(parent, name.c_str(), type.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
      return;
    }
    case 3:
      H5Lcreate_soft(edit.among(targets), parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
      return;
    case 4:
      H5Lcreate_hard(parent, edit.among(targets), parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
      return;
    case 5:
      H5Lcreate_external(pipe_path(), "/x", parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
      return;
    default:
      return make_odd_dataset(parent, name, edit);
  }
}

void make_odd_attribute(hdf5::Id object, const std::string& name, Bytes& edit) {
  if (edit.next() % 8 == 0) return;
  const Handle type = odd_type(edit), space = odd_space(edit);
  // The library makes room for an attribute's values at once.
  const auto count = static_cast<std::uint64_t>(H5Sget_simple_extent_npoints(space.id()));
  if (count > kMostBytes / H5Tget_size(type.id())) return;
  const Handle made(
      H5Acreate2(object, name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT));
  if (!made.valid()) return;
  fill(type, space, edit, [&](const void* values) { H5Awrite(made.id(), type.id(), values); });
}

}  // namespace saddle::fuzz
