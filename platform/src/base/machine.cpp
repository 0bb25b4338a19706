#include "base/machine.hpp"

#include <dlfcn.h>
#include <cstdlib>
#include <ctime>
#include <fstream>

namespace saddle {

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string library_path() {
  Dl_info info{};
  dladdr(reinterpret_cast<const void*>(&library_path), &info);
  return info.dli_fname;
}

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::vector<SpeedVariable> speed_variables() {
  const std::string pinned = "pins OpenBLAS to a choice that may be slow here; unset it";
  const std::string passive =
      "lets threads sleep between ops, which can make two slower than one; unset it";
  std::vector<SpeedVariable> found;
  const auto look = [&](const char* name, const std::string& advice) {
    if (const char* value = std::getenv(name)) found.push_back({name, value, advice});
  };
  look("OPENBLAS_CORETYPE", pinned);
  look("OPENBLAS_L2_SIZE", pinned);
  look("OPENBLAS_NUM_THREADS", "");
  look("OMP_NUM_THREADS", "");
  look("OMP_WAIT_POLICY", passive);
  for (const char* name : {"ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"})
    look(name, "keeps oneDNN from newer instructions; unset it");
  return found;
}

}  // namespace saddle
