#pragma once

#include <string>

// Messages for the user: to stderr, and to a run's log.txt while a run owns one.
namespace saddle::log {

void info(const std::string& message);
void warn(const std::string& message);
void error(const std::string& message);
// To log.txt alone.
void note(const std::string& message);

// Messages also go to this file until the object ends. Throws DataError where it cannot be written.
class File {
 public:
  enum class Mode { anew, append };
  File(const std::string& path, Mode mode);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

}  // namespace saddle::log
