#include "io/result_cache.hpp"

#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>

#include "io/durable.hpp"

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace saddle {
namespace {

namespace fs = std::filesystem;

// Nothing where the environment names no folder.
fs::path cache_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  // The XDG base directory specification has relative paths ignored.
  if (cache && fs::path(cache).is_absolute()) return fs::path(cache) / "saddle";
  const char* const home = std::getenv("HOME");
  if (home && fs::path(home).is_absolute()) return fs::path(home) / ".cache/saddle";
  return {};
}

// What a file begins with: the digest of its key and its bytes, so that neither damage nor another
// name can pass for them.
std::string seal(const std::string& key, std::string_view bytes) {
  Sha256 digest;
  const std::string of_key = sha256_hex(key);
  digest.update(of_key.data(), of_key.size());
  digest.update(bytes.data(), bytes.size());
  return digest.hex();
}

}  // namespace

std::optional<std::string> find_kept(const std::string& key, std::size_t count) {
  const fs::path folder = cache_folder(), path = folder / sha256_hex(key);
  std::string seal_found(64, ' '), bytes(count, ' ');
  std::error_code ignored;
  if (folder.empty() || !fs::is_regular_file(path, ignored) ||
      fs::file_size(path, ignored) != seal_found.size() + count)
    return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  file.read(seal_found.data(), static_cast<std::streamsize>(seal_found.size()));
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file || seal_found != seal(key, bytes)) return std::nullopt;
  return bytes;
}

void keep(const std::string& key, std::string_view bytes) {
  const fs::path folder = cache_folder();
  if (folder.empty()) return;
  const std::string path = (folder / sha256_hex(key)).string();
  // Other processes may be keeping the same.
  const std::string part = path + "." + std::to_string(getpid()) + ".part";
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  try {
    write_durably(part, {seal(key, bytes), bytes}, path);
    rename_durably(part, path);
  } catch (const DataError&) {
    fs::remove(part, ignored);
  }
}

}  // namespace saddle
