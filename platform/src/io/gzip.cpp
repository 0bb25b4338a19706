#include "io/gzip.hpp"

#include <saddle/base/error.hpp>

#include <zlib.h>

#include <sys/stat.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace saddle {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

// The kind is decided before opening, since opening a pipe without a writer would hang.
FileHandle open_regular(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0)
    throw DataError(path + ": cannot be read: " + std::strerror(errno) + ".");
  if (S_ISDIR(status.st_mode)) throw DataError(path + ": expected a file, found a directory.");
  if (!S_ISREG(status.st_mode))
    throw DataError(path + ": expected a file, found a pipe, socket or device.");
  FileHandle file(std::fopen(path.c_str(), "rb"));
  if (!file) throw DataError(path + ": cannot be read: " + std::strerror(errno) + ".");
  return file;
}

}  // namespace

class ByteSource::Impl {
 public:
  explicit Impl(const std::string& name) : path(name), file_(open_regular(name)) {
    fill();
    compressed = available() >= 2 && buffer_[0] == 0x1f && buffer_[1] == 0x8b;
    // 16: expect the header and the checksum of gzip around the deflated data.
    if (compressed && inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~Impl() {
    if (compressed) inflateEnd(&stream_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // At least one byte, or none at the end.
  std::size_t read_some(unsigned char* out, std::size_t count) {
    return compressed ? inflate_some(out, count) : copy_some(out, count);
  }

  std::string path;
  bool compressed = false;
  std::uint64_t position = 0;

 private:
  std::size_t available() const { return filled_ - used_; }
  std::uint64_t file_position() const { return consumed_ + used_; }

  // Reads the next block once all bytes of the present one are used.
  void fill() {
    if (available() > 0) return;
    consumed_ += filled_;
    used_ = 0;
    filled_ = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
    if (filled_ == 0 && std::ferror(file_.get()) != 0)
      throw DataError(path + ": byte " + std::to_string(file_position()) +
                      ": cannot be read: " + std::strerror(errno) + ".");
  }

  std::size_t copy_some(unsigned char* out, std::size_t count) {
    fill();
    count = std::min(count, available());
    std::memcpy(out, buffer_.data() + used_, count);
    used_ += count;
    return count;
  }

  std::size_t inflate_some(unsigned char* out, std::size_t count) {
    const std::size_t most = std::min<std::size_t>(count, 1u << 30);  // zlib counts in 32 bits
    std::size_t made = 0;
    while (made == 0) {
      fill();
      if (ended_ && !next_member()) return 0;
      if (available() == 0) damaged("the gzip data ends too early");
      stream_.next_in = buffer_.data() + used_;
      stream_.avail_in = static_cast<uInt>(available());
      stream_.next_out = out;
      stream_.avail_out = static_cast<uInt>(most);
      const int status = inflate(&stream_, Z_NO_FLUSH);
      used_ = filled_ - stream_.avail_in;
      made = most - stream_.avail_out;
      if (status == Z_MEM_ERROR) throw std::bad_alloc();
      if (status == Z_STREAM_END) ended_ = true;
      if (status != Z_OK && status != Z_STREAM_END)
        damaged(std::string("the gzip data is damaged: ") +
                (stream_.msg != nullptr ? stream_.msg : zError(status)));
    }
    return made;
  }

  // A gzip file may consist of several members, one after the other. False at the end of the file.
  bool next_member() {
    if (available() == 0) return false;
    if (inflateReset(&stream_) != Z_OK) damaged("the gzip data is damaged");
    ended_ = false;
    return true;
  }

  [[noreturn]] void damaged(const std::string& what) const {
    throw DataError(path + ": byte " + std::to_string(file_position()) + ": " + what +
                    ". Fetch the file again.");
  }

  FileHandle file_;
  std::array<unsigned char, 1 << 16> buffer_{};
  std::size_t filled_ = 0;
  std::size_t used_ = 0;
  std::uint64_t consumed_ = 0;  // bytes of the file before the buffer
  z_stream stream_{};
  bool ended_ = false;  // the present member
};

ByteSource::ByteSource(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}
ByteSource::~ByteSource() = default;

std::size_t ByteSource::read(void* out, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    const std::size_t made =
        impl_->read_some(static_cast<unsigned char*>(out) + done, count - done);
    if (made == 0) break;
    done += made;
    impl_->position += made;
  }
  return done;
}

std::uint64_t ByteSource::position() const { return impl_->position; }

std::string ByteSource::place(std::uint64_t position) const {
  return "byte " + std::to_string(position) + (impl_->compressed ? " of the inflated data" : "");
}

const std::string& ByteSource::path() const { return impl_->path; }

}  // namespace saddle
