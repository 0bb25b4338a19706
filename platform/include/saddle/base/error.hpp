#pragma once

#include <saddle/base/export.hpp>

#include <stdexcept>
#include <string>

// What the platform throws at users. Every message says where, what was expected, what was found
// and what to do; the class decides the exit code of the command line.
namespace saddle {

class SADDLE_API Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message);
  ~Error() override;
  virtual int exit_code() const noexcept = 0;
};

// A comparison or a check that the user asked for found a difference. Exit code 1.
class SADDLE_API CheckError : public Error {
 public:
  explicit CheckError(const std::string& message);
  ~CheckError() override;
  int exit_code() const noexcept override;
};

// Wrong command line or spec. Exit code 2.
class SADDLE_API SpecError : public Error {
 public:
  explicit SpecError(const std::string& message);
  ~SpecError() override;
  int exit_code() const noexcept override;
};

// A library that cannot be used, or a plugin that broke its contract. Exit code 3.
class SADDLE_API PluginError : public Error {
 public:
  explicit PluginError(const std::string& message);
  ~PluginError() override;
  int exit_code() const noexcept override;
};

// Data that cannot be read, or a file that cannot be written. Exit code 4.
class SADDLE_API DataError : public Error {
 public:
  explicit DataError(const std::string& message);
  ~DataError() override;
  int exit_code() const noexcept override;
};

// A value that is not finite reached the training loop. Exit code 5.
class SADDLE_API DivergedError : public Error {
 public:
  explicit DivergedError(const std::string& message);
  ~DivergedError() override;
  int exit_code() const noexcept override;
};

}  // namespace saddle
