#include <saddle/nn/context.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace saddle {

Context::Context(Mode mode, std::int64_t step, RandomStream stream, std::size_t first_row)
    : mode_(mode), step_(step), stream_(std::move(stream)), first_row_(first_row) {}

RandomStream Context::random() { return stream_.child(std::to_string(requests_++)); }

void Context::offer_tap(const std::string& path, const Variable& output) {
  if (!path.empty() && std::find(offered_.begin(), offered_.end(), path) == offered_.end())
    offered_.push_back(path);
  const auto found = taps_.find(path);
  if (found != taps_.end()) found->second.assign(1, output);
}

const Variable& Context::tap(const std::string& path) const {
  const auto found = taps_.find(path);
  if (found == taps_.end() || found->second.empty())
    throw PluginError("there is no layer '" + path + "' in this network." +
                      suggestion(path, offered_) +
                      (offered_.empty() ? " None of its layers shows what it returns."
                                        : " It has: " + join(offered_, ", ") + "."));
  return found->second.front();
}

}  // namespace saddle
