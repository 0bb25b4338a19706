#include <saddle/nn/context.hpp>

#include <saddle/base/error.hpp>

#include <utility>

namespace saddle {

Context::Context(Mode mode, std::int64_t step, RandomStream stream, std::size_t first_row)
    : mode_(mode), step_(step), stream_(std::move(stream)), first_row_(first_row) {}

RandomStream Context::random() { return stream_.child(std::to_string(requests_++)); }

void Context::offer_tap(const std::string& path, const Variable& output) {
  const auto found = taps_.find(path);
  if (found != taps_.end()) found->second.assign(1, output);
}

const Variable& Context::tap(const std::string& path) const {
  const auto found = taps_.find(path);
  if (found == taps_.end() || found->second.empty())
    throw PluginError("there is no layer '" + path + "' in this network");
  return found->second.front();
}

}  // namespace saddle
