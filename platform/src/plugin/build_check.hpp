#pragma once

#include <saddle/plugin/build_id.hpp>

#include "plugin/elf_note.hpp"

#include <string>
#include <utility>
#include <vector>

namespace saddle {

// The build of this host.
const BuildId& host_build();

// Each field as (what it is, its value), for messages and for the log of a run.
std::vector<std::pair<std::string, std::string>> build_fields(const BuildId& build);

// Where a plugin's build differs from the host's, one "scalar double (host float)" per field;
// empty for a plugin of this host.
std::vector<std::string> differences(const BuildId& plugin, const BuildId& host);

// "x.so was built for another host: ... Rebuild it." with every difference of every note of the
// library, or "" where all of them were built for this host.
std::string build_mismatch(const std::string& path, const std::vector<PluginNote>& notes);

}  // namespace saddle
