#pragma once

#include <string>

namespace saddle {

// The address of an exported symbol of a plugin library, which is opened where it is not yet open
// and then stays open until the process ends: what plugins hand out (objects, exceptions, virtual
// tables) lives in it. Safe to call from several threads.
//
// The notes are read first, so a library that is damaged, foreign or no plugin runs no code.
// Throws PluginError for such a library, for symbols that the host does not have, for a static
// constructor that throws and for a library without `symbol`. After a static constructor has thrown
// the dynamic loader keeps its lock: the process can still report and exit, and should.
void* open_symbol(const std::string& path, const std::string& symbol);

}  // namespace saddle
