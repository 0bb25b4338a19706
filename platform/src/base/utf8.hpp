#pragma once

#include <string_view>

namespace saddle {

// Whether the bytes are well-formed UTF-8 (Unicode, table 3-7) without control characters, so that
// they can be shown on a terminal and written as JSON.
bool is_printable_utf8(std::string_view text);

}  // namespace saddle
