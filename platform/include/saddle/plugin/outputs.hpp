#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/export.hpp>
#include <saddle/base/pool.hpp>

#include <string_view>
#include <utility>

namespace saddle {

// What a network returns beside its result, by name. A plugin names them by `static
// std::vector<std::string> offers(const Options&)`, so that the host can match them with what
// losses and metrics need.
class SADDLE_API NamedOutputs {
 public:
  void set(std::string_view name, Variable value) { further_[PoolString(name)] = std::move(value); }
  bool has(std::string_view name) const { return further_.count(name) > 0; }
  // Throws PluginError where there is none of that name.
  const Variable& get(std::string_view name) const;
  const PoolMap<Variable>& further() const { return further_; }

 protected:
  // `network` is how a message calls what returned them.
  explicit NamedOutputs(const char* network) : network_(network) {}

 private:
  const char* network_;
  PoolMap<Variable> further_;
};

}  // namespace saddle
