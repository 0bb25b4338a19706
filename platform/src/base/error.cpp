#include <saddle/base/error.hpp>

namespace saddle {

// Destructors are defined here so that each class has one vtable and one type info, in
// libsaddle.so, and can be caught across plugins.
Error::Error(const std::string& message) : std::runtime_error(message) {}
Error::~Error() = default;

CheckError::CheckError(const std::string& message) : Error(message) {}
CheckError::~CheckError() = default;
int CheckError::exit_code() const noexcept { return 1; }

SpecError::SpecError(const std::string& message) : Error(message) {}
SpecError::~SpecError() = default;
int SpecError::exit_code() const noexcept { return 2; }

PluginError::PluginError(const std::string& message) : Error(message) {}
PluginError::~PluginError() = default;
int PluginError::exit_code() const noexcept { return 3; }

DataError::DataError(const std::string& message) : Error(message) {}
DataError::~DataError() = default;
int DataError::exit_code() const noexcept { return 4; }

DivergedError::DivergedError(const std::string& message) : Error(message) {}
DivergedError::~DivergedError() = default;
int DivergedError::exit_code() const noexcept { return 5; }

}  // namespace saddle
