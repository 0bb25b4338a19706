#pragma once

#include <string>
#include <string_view>

namespace saddle {

// Bytes as letters (RFC 4648, section 4), as addresses of data in web pages have them.
std::string base64(std::string_view bytes);

}  // namespace saddle
