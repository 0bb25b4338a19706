#include "io/hdf5.hpp"

#include <saddle/base/error.hpp>

#include "io/hdf5_internal.hpp"

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <utility>

namespace saddle::hdf5 {
namespace {

static_assert(std::is_same_v<Id, hid_t>);

// The size of a page of the kernel.
constexpr hsize_t kPageBytes = 4096;
// The library waits twice as long before each further attempt, a nanosecond at first: half a second
// in all. Its own number, 100, is for ever where a file is damaged.
constexpr unsigned kReadAttempts = 28;
// Rows are appended: of each dataset only the chunk that is being filled is needed again. Its own
// number keeps a MiB of each.
constexpr std::size_t kChunkCacheBytes = std::size_t{1} << 16;
constexpr std::size_t kMemoryGrowth = std::size_t{1} << 20;

// The library would close what is open at exit, and crash on what it failed to close before. Here
// everything has an owner. Only valid before its first use.
[[maybe_unused]] const bool kOwnersClose = H5dont_atexit() >= 0;

bool is_object(Id id) {
  const H5I_type_t type = H5Iget_type(id);
  return type == H5I_DATASET || type == H5I_GROUP || type == H5I_ATTR;
}

// Objects are listed in the order in which they were made.
Handle file_creation() {
  Handle properties(H5Pcreate(H5P_FILE_CREATE));
  const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  H5Pset_link_creation_order(properties.id(), order);
  H5Pset_attr_creation_order(properties.id(), order);
  return properties;
}

// No object outlives its file.
Handle plain_access() {
  Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG);
  return access;
}

// The latest format, which SWMR needs.
Handle file_access() {
  Handle access = plain_access();
  constexpr std::size_t kSlots = 521;
  constexpr double kFullFirst = 0.75;
  H5Pset_cache(access.id(), 0, kSlots, kChunkCacheBytes, kFullFirst);
  H5Pset_libver_bounds(access.id(), H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
  return access;
}

// In the oldest format: of the latest, the library gives images with a wrong checksum.
Handle memory_access() {
  Handle access = plain_access();
  H5Pset_fapl_core(access.id(), kMemoryGrowth, false);
  return access;
}

// Readers that watch do not compare a file's length with what its superblock (version 2 or 3: HDF5
// File Format Specification 3.0, II.A) states; beyond the end they find zeros, in which the library
// may read for ever. Less than a page may lack: the library fills up the last page after it has
// written all that is in it, and the superblock; a kill may come between.
void check_length(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  constexpr std::size_t kVersion = 8, kEnd = 28;
  std::array<unsigned char, kEnd + 8> block{};
  file.read(reinterpret_cast<char*>(block.data()), block.size());
  if (!file || block[kVersion] < 2 || block[kVersion] > 3) return;
  std::uint64_t end = 0;
  for (std::size_t i = 8; i-- > 0;) end = end << 8 | block[kEnd + i];
  if (std::filesystem::file_size(path) + kPageBytes <= end)
    throw DataError(path + ": cannot be opened: it is truncated.");
}

// The library tells files in memory apart by their names, and refuses those of files on the disk.
std::string memory_name() {
  static std::atomic<std::uint64_t> count{0};
  return "saddle:memory:" + std::to_string(count++);
}

}  // namespace

Handle::Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    id_ = std::exchange(other.id_, -1);
  }
  return *this;
}

Handle::~Handle() { close(); }

bool Handle::close() {
  if (id_ < 0) return true;
  silence();
  const Id id = std::exchange(id_, -1);
  // An object that cannot be closed, as on a full disk, is freed by HDF5 1.10 while its identifier
  // lives on; closing the file would then crash. A reference that is never given back keeps the
  // file from being closed: it is left as a kill would leave it.
  const Id file = is_object(id) ? H5Iget_file_id(id) : -1;
  const bool is_file = H5Iget_type(id) == H5I_FILE;
  const bool closed = H5Idec_ref(id) >= 0;  // closes an identifier of any kind
  if (!closed) remember_reason();
  if (closed && file >= 0) H5Idec_ref(file);
  return closed && !(is_file && H5Iis_valid(id) > 0);
}

Object::Object(Handle handle, std::string file, std::string path)
    : handle_(std::move(handle)), file_(std::move(file)), path_(std::move(path)) {}

Id Object::id() const {
  silence();
  return handle_.id();
}

void Object::close() {
  if (!handle_.close())
    fail_as_remembered(path_ == "/" ? file_ : where(*this), "cannot be written");
}

File::File(Handle handle, const std::string& shown) : Group(std::move(handle), shown, "/") {}

File File::create(const std::string& path, const std::string& shown) {
  silence();
  const Handle properties = file_creation(), access = file_access();
  // A kill tears a write at the borders of the kernel's pages. Kept within one page each, metadata
  // are old or new, never half of both, which readers would retry for ever.
  H5Pset_file_space_strategy(properties.id(), H5F_FSPACE_STRATEGY_PAGE, false, 1);
  H5Pset_file_space_page_size(properties.id(), kPageBytes);
  Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, properties.id(), access.id()));
  if (!file.valid()) fail(shown, "cannot be created");
  return File(std::move(file), shown);
}

File File::open(const std::string& path, Access access) {
  // Opening a pipe would hang.
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored))
    throw DataError(path + ": expected an HDF5 file, found a directory, pipe or device.");
  silence();
  const Handle properties = file_access();
  const bool watch = access == Access::watch;
  if (watch) H5Pset_metadata_read_attempts(properties.id(), kReadAttempts);
  const unsigned flags = watch ? H5F_ACC_RDONLY | H5F_ACC_SWMR_READ : H5F_ACC_RDONLY;
  Handle file(H5Fopen(path.c_str(), flags, properties.id()));
  if (!file.valid()) fail(path, "cannot be opened");
  if (watch) check_length(path);
  return File(std::move(file), path);
}

File File::create_in_memory(const std::string& shown) {
  silence();
  const Handle properties = file_creation(), access = memory_access();
  Handle file(H5Fcreate(memory_name().c_str(), H5F_ACC_TRUNC, properties.id(), access.id()));
  if (!file.valid()) fail(shown, "cannot be created");
  return File(std::move(file), shown);
}

File File::open_image(std::string_view bytes, const std::string& shown) {
  silence();
  const Handle access = memory_access();
  // The library copies the bytes.
  H5Pset_file_image(access.id(), const_cast<char*>(bytes.data()), bytes.size());
  Handle file(H5Fopen(memory_name().c_str(), H5F_ACC_RDONLY, access.id()));
  if (!file.valid()) fail(shown, "cannot be opened");
  return File(std::move(file), shown);
}

std::string File::image() {
  flush();
  const ssize_t size = H5Fget_file_image(id(), nullptr, 0);
  if (size < 0) fail(file(), "cannot be written");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (H5Fget_file_image(id(), bytes.data(), bytes.size()) < 0) fail(file(), "cannot be written");
  return bytes;
}

void File::start_swmr() {
  if (H5Fstart_swmr_write(id()) < 0) fail(file(), "cannot be opened to watchers");
}

void File::require_closable() const {
  if (H5Iget_ref(id()) > 1) fail_as_remembered(file(), "cannot be written");
}

void File::flush() {
  if (H5Fflush(id(), H5F_SCOPE_GLOBAL) < 0) fail(file(), "cannot be written");
}

}  // namespace saddle::hdf5
