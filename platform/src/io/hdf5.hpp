#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The door to HDF5: owners of its identifiers whose calls throw DataError, with file, object and
// the library's own reason. Paths of objects are relative to the group that is asked, parts divided
// by '/'. New groups track the order in which they are filled, as netCDF readers demand.
namespace saddle::hdf5 {

using Id = std::int64_t;  // hid_t
using Shape = std::vector<std::uint64_t>;
// What one attribute or one scalar dataset holds; text is UTF-8.
using Scalar = std::variant<std::string, std::int64_t, std::uint64_t, double, float>;

// The type of an array's elements, both in memory and in files that are written here.
enum class Element { float32, float64, int64, uint8 };
std::size_t bytes_of(Element element);

// Owns one identifier of any kind.
class Handle {
 public:
  Handle() = default;
  explicit Handle(Id id) : id_(id) {}
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle();  // closes quietly

  Id id() const { return id_; }
  bool valid() const { return id_ >= 0; }
  // False where the library could not close it.
  bool close();

 private:
  Id id_ = -1;
};

// A group or a dataset, with its name for messages. Closed with the file at the latest.
class Object {
 public:
  const std::string& file() const { return file_; }
  const std::string& path() const { return path_; }  // from the root: "/losses/step"

  bool has_attribute(const std::string& name) const;
  std::vector<std::string> attribute_names() const;  // in the order of creation
  // Throws DataError where it is missing, an array, or neither text nor number.
  Scalar attribute(const std::string& name) const;
  // Adds an attribute; none of this name may exist.
  void set_attribute(const std::string& name, const Scalar& value);

  // The identifier, for calls on the present thread.
  Id id() const;
  // Throws DataError where the last bytes cannot be written; the destructor does not. Objects that
  // were written are to be closed before their file.
  void close();

 protected:
  Object(Handle handle, std::string file, std::string path);

 private:
  Handle handle_;
  std::string file_;
  std::string path_;
};

class Dataset : public Object {
 public:
  Dataset(Handle handle, std::string file, std::string path);

  // The present one; empty for a scalar. Throws DataError where there can be no values.
  Shape shape() const;
  // The type of its elements in the file. Throws DataError for a type that is not written here.
  Element element() const;
  // Rows stored together where it grows by rows, else 0.
  std::uint64_t chunk_rows() const;
  // The name of the scale of a dimension within its group, "" where there is none.
  std::string scale_of(unsigned axis) const;
  bool is_scale() const;

  // A scalar dataset's value, with the errors of Object::attribute.
  Scalar scalar() const;
  // All elements, row major; at most 4 GiB. Throws DataError where they are no numbers, or far more
  // than were written.
  std::vector<double> numbers() const;
  std::vector<std::int64_t> integers() const;  // fractions are cut off
  // Before memory for so many rows is taken: throws DataError where they would be far more numbers
  // than were written.
  void require_written(std::uint64_t rows) const;
  // Rows [first, first + count) along the first axis, converted to `element`, into `out`.
  void read_rows(std::uint64_t first, std::uint64_t count, Element element, void* out) const;
  // Sees what the writer has flushed since; for files that are opened with Access::watch.
  void refresh();

  // All elements at once.
  void write(Element element, const void* values);
  // Rows [first, first + count), growing the dataset to first + count rows where it is shorter.
  void write_rows(std::uint64_t first, std::uint64_t count, Element element, const void* values);

  // Makes this dataset the scale of a dimension, in the convention of netCDF.
  void make_scale(const std::string& name);
  void attach_scale(unsigned axis, const Dataset& scale);
};

// How a dataset that grows by rows is stored. Rows not written yet read as NaN or, for integers,
// as -1.
struct RowLayout {
  Element element;
  Shape row;                 // of one row; empty for one number per row
  std::uint64_t chunk_rows;  // rows stored together
};

class Group : public Object {
 public:
  Group(Handle handle, std::string file, std::string path);

  bool has(const std::string& name) const;
  bool has_group(const std::string& name) const;
  std::vector<std::string> names() const;  // in the order of creation, where it is known
  // The paths of all datasets at any depth. Throws DataError where groups hold one another.
  std::vector<std::string> datasets_below() const;
  // No object, and no values, are read from another file than this one.
  Group group(const std::string& name) const;
  Dataset dataset(const std::string& name) const;

  // Opens a group that exists; creates it, and those on the way, where it does not.
  Group create_group(const std::string& name);
  // The following create the groups on the way to `name`, and throw where it exists.
  Dataset create_scalar(const std::string& name, const Scalar& value);
  // Fixed shape, unwritten: reads as NaN or -1.
  Dataset create_array(const std::string& name, Element element, const Shape& shape);
  Dataset create_rows(const std::string& name, const RowLayout& layout);
  // A dimension of this size without values of its own, ready to be attached as a scale.
  Dataset create_dimension(const std::string& name, std::uint64_t size);

 private:
  void create_parent(const std::string& name);
};

enum class Access {
  read,   // a file that was closed in order
  watch,  // one that a run is writing, or was writing when it was killed (SWMR)
};

// The root group; closing it closes all objects of the file.
class File : public Group {
 public:
  // Creates or truncates the file `path`; messages call it `shown`, for files that are renamed.
  static File create(const std::string& path, const std::string& shown);
  static File open(const std::string& path, Access access);
  // The same in memory: a new file whose bytes image() gives, and one that is made of such bytes.
  static File create_in_memory(const std::string& shown);
  static File open_image(std::string_view bytes, const std::string& shown);

  // From here on readers may watch. Nothing may be created after, only rows be added. No group and
  // no dataset of the file may be open: where this fails, the library would crash over them.
  void start_swmr();
  // Throws where an object could not be closed, as on a full disk: nor can the file be, any more.
  void require_closable() const;
  void flush();
  // All bytes of the file, flushed.
  std::string image();

 private:
  File(Handle handle, const std::string& shown);
};

}  // namespace saddle::hdf5
