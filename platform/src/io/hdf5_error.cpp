#include <saddle/base/error.hpp>

#include "io/hdf5_internal.hpp"

#include <mutex>

namespace saddle::hdf5 {
namespace {

herr_t collect(unsigned, const H5E_error2_t* entry, void* into) {
  if (entry->desc != nullptr)
    static_cast<std::vector<std::string>*>(into)->emplace_back(entry->desc);
  return 0;
}

// The system's words within a description like "... errno = 28, error message = 'No space left on
// device', buf = ...".
std::string system_message(const std::string& description) {
  const std::string mark = "error message = '";
  const auto begin = description.find(mark);
  if (begin == std::string::npos) return "";
  const auto end = description.find('\'', begin + mark.size());
  return description.substr(begin + mark.size(), end - begin - mark.size());
}

// Descriptions that users meet, in plain words.
std::string plain_words(const std::string& description) {
  const auto says = [&](const char* part) { return description.find(part) != std::string::npos; };
  if (says("unable to lock file")) return "another process is writing it";
  if (says("file signature not found")) return "it is no HDF5 file";
  if (says("file is already open for write"))
    return "it is being written, or its writer was killed";
  if (says("truncated file")) return "it is truncated";
  return "";
}

// The innermost entry of the error stack knows most; the outer ones only say who passed it on.
std::string reason() {
  std::vector<std::string> descriptions;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &descriptions);
  for (const std::string& description : descriptions) {
    const std::string words = plain_words(description);
    if (!words.empty()) return words;
    const std::string message = system_message(description);
    if (!message.empty()) return message;
  }
  return descriptions.empty() ? "the HDF5 library gives no reason" : descriptions.front();
}

struct Remembered {
  std::mutex mutex;
  std::string reason;
};
Remembered& remembered() {
  static Remembered last;
  return last;
}

}  // namespace

void remember_reason() {
  const std::lock_guard<std::mutex> lock(remembered().mutex);
  remembered().reason = reason();
}

void fail_as_remembered(const std::string& where, const std::string& what) {
  H5Eclear2(H5E_DEFAULT);
  const std::lock_guard<std::mutex> lock(remembered().mutex);
  throw DataError(where + ": " + what + ": " + remembered().reason + ".");
}

void silence() {
  thread_local const bool silent = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  (void)silent;
}

void fail(const std::string& where, const std::string& what) {
  const std::string why = reason();
  // The stack of a thread that ends is not freed by the library.
  H5Eclear2(H5E_DEFAULT);
  throw DataError(where + ": " + what + ": " + why + ".");
}

std::string where(const Object& object) { return object.file() + ": " + object.path(); }

}  // namespace saddle::hdf5
