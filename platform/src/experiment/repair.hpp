#pragma once

#include <string>

namespace saddle {

// Makes a run file that was not closed readable by any reader: copies what is committed into a new
// file, which takes its place. A file that is whole is left as it is. Returns what was done, for
// the user. Throws DataError where the file cannot be read; it is never changed then. The work is
// done in a child process, which may not take long for the size of the file.
std::string repair_run(const std::string& path);

}  // namespace saddle
