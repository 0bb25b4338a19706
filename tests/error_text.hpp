#pragma once

#include <string>

namespace saddle::testing {

// The message of the exception of type E that `call` throws, or a note that there was none.
template <typename E, typename Call>
std::string error_text(Call call) {
  try {
    call();
  } catch (const E& error) {
    return error.what();
  }
  return "(no error)";
}

}  // namespace saddle::testing
