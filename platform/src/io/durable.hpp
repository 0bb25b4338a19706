#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Files that outlive a kill and a power failure: their bytes reach the disk before their name does.
// Messages call a file `shown`, for those that are written under another name first.
namespace saddle {

// Creates or replaces a file and waits until its bytes are on the disk. Throws DataError, and
// leaves no file, where it cannot be written.
void write_durably(const std::string& path, const std::vector<std::string_view>& parts,
                   const std::string& shown);

// Waits until the bytes of a file are on the disk. Throws DataError.
void sync_file(const std::string& path, const std::string& shown);

// Gives a file another name, replacing what has it, and waits until the disk knows. At each moment
// the new name holds either what it held before or the whole file. Throws DataError.
void rename_durably(const std::string& from, const std::string& to);

// Puts a file in its place: written beside it as "<path>.partial", then renamed. Throws DataError.
void replace_durably(const std::string& path, const std::vector<std::string_view>& parts);

// Keeps other processes from taking the same folder while it lives; a process that dies gives it
// back.
class FolderLock {
 public:
  // Throws DataError where another process has it, or the folder cannot be opened.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  // Whether a process of this machine has it; nothing where the kernel does not say. It is only
  // looked at: taken for a moment, it could stop a run that begins just then.
  static std::optional<bool> is_taken(const std::string& folder);

 private:
  int descriptor_;
};

}  // namespace saddle
