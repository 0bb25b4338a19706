#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/export.hpp>

#include <map>
#include <string>
#include <utility>

namespace saddle {

// What a network returns beside its result, by name. A plugin names them by `static
// std::vector<std::string> offers(const Options&)`, so that the host can match them with what
// losses and metrics need.
class SADDLE_API NamedOutputs {
 public:
  void set(const std::string& name, Variable value) { further_[name] = std::move(value); }
  bool has(const std::string& name) const { return further_.count(name) > 0; }
  // Throws PluginError where there is none of that name.
  const Variable& get(const std::string& name) const;
  const std::map<std::string, Variable>& further() const { return further_; }

 protected:
  // `network` is how a message calls what returned them.
  explicit NamedOutputs(const char* network) : network_(network) {}

 private:
  const char* network_;
  std::map<std::string, Variable> further_;
};

}  // namespace saddle
