#include "io/durable.hpp"

#include <saddle/base/error.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace saddle {
namespace {

[[noreturn]] void fail(const std::string& shown, const char* what, int reason) {
  throw DataError(shown + ": " + what + ": " + std::strerror(reason) + ".");
}

// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool write_parts(int descriptor, const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts)
    if (!write_all(descriptor, part)) return false;
  return fsync(descriptor) == 0;
}

}  // namespace

void write_durably(const std::string& path, const std::vector<std::string_view>& parts,
                   const std::string& shown) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.number() < 0) fail(shown, "cannot be created", errno);
  if (write_parts(file.number(), parts)) return;
  const int reason = errno;
  std::remove(path.c_str());
  fail(shown, "cannot be written", reason);
}

void sync_file(const std::string& path, const std::string& shown) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0 || fsync(file.number()) != 0) fail(shown, "cannot be written", errno);
}

void rename_durably(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) fail(to, "cannot be created", errno);
  const std::string folder = std::filesystem::absolute(to).parent_path().string();
  sync_file(folder, to);
}

void replace_durably(const std::string& path, const std::vector<std::string_view>& parts) {
  const std::string partial = path + ".partial";
  write_durably(partial, parts, path);
  rename_durably(partial, path);
}

FolderLock::FolderLock(const std::string& folder)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail(folder, "cannot be opened", errno);
  if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int reason = errno;
  ::close(descriptor_);
  if (reason != EWOULDBLOCK) fail(folder, "cannot be locked", reason);
  throw DataError(folder + ": another saddle is working in this folder. Wait until it ends.");
}

FolderLock::~FolderLock() { ::close(descriptor_); }

std::optional<bool> FolderLock::is_taken(const std::string& folder) {
  struct stat status {};
  std::ifstream locks("/proc/locks");
  if (!locks || ::stat(folder.c_str(), &status) != 0) return std::nullopt;
  // "1: FLOCK  ADVISORY  WRITE 4711 fe:00:10961072 0 EOF". The device differs from that of stat on
  // some file systems; the inode, which ends the place, does not.
  const std::string inode = ":" + std::to_string(status.st_ino) + " ";
  for (std::string line; std::getline(locks, line);)
    if (line.find(" FLOCK ") != std::string::npos && line.find(inode) != std::string::npos)
      return true;
  return false;
}

}  // namespace saddle
