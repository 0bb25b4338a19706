#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Results that take long to make and can be made again, kept from one process to the next as files
// below $XDG_CACHE_HOME/saddle, or ~/.cache/saddle. Whatever is amiss there, from a folder that
// cannot be written to a damaged file, costs the time to make a result again and nothing else.
namespace saddle {

// The bytes that were kept under a key, whole; nothing where there are none, or not so many. The
// key must name all that they depend on.
std::optional<std::string> find_kept(const std::string& key, std::size_t count);

void keep(const std::string& key, std::string_view bytes);

}  // namespace saddle
