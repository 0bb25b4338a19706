#include "cli/any_plugin.hpp"

namespace saddle::cli {
namespace {

template <class Kind>
AnyPlugin open(const PluginNote& note) {
  return {note, &open_plugin<Kind>(note).factory->schema};
}

}  // namespace

const std::vector<std::string>& plugin_kinds() {
  static const std::vector<std::string> kinds = {"generator", "discriminator", "loss", "metric",
                                                 "dataset"};
  return kinds;
}

AnyPlugin open_any(const PluginNote& note) {
  if (note.kind == "generator") return open<kinds::generator>(note);
  if (note.kind == "discriminator") return open<kinds::discriminator>(note);
  if (note.kind == "loss") return open<kinds::loss>(note);
  if (note.kind == "metric") return open<kinds::metric>(note);
  return open<kinds::dataset>(note);
}

}  // namespace saddle::cli
