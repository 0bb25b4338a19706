#include "base/log.hpp"

#include <saddle/base/error.hpp>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace saddle::log {
namespace {

spdlog::logger& terminal() {
  static const auto logger = [] {
    auto made = std::make_shared<spdlog::logger>("saddle",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    return made;
  }();
  return *logger;
}

std::shared_ptr<spdlog::logger>& file() {
  static std::shared_ptr<spdlog::logger> logger;
  return logger;
}

void write(spdlog::level::level_enum level, const std::string& message) {
  terminal().log(level, message);
  if (file()) file()->log(level, message);
}

}  // namespace

void info(const std::string& message) { write(spdlog::level::info, message); }
void warn(const std::string& message) { write(spdlog::level::warn, "warning: " + message); }
void error(const std::string& message) { write(spdlog::level::err, message); }
void note(const std::string& message) {
  if (file()) file()->info(message);
}

File::File(const std::string& path, Mode mode) {
  try {
    auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path, mode == Mode::anew);
    file() = std::make_shared<spdlog::logger>("run", std::move(sink));
  } catch (const spdlog::spdlog_ex& problem) {
    throw DataError(path + ": cannot be written: " + problem.what());
  }
  file()->set_pattern("%Y-%m-%d %H:%M:%S.%e %v");
  file()->flush_on(spdlog::level::info);
}

File::~File() { file().reset(); }

}  // namespace saddle::log
