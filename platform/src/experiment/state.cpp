#include "experiment/state.hpp"

#include <saddle/base/error.hpp>

namespace saddle {
namespace {

std::string parameter_name(const std::string& module, const NamedParameter& parameter) {
  return module + "/parameters/" + parameter.path;
}
std::string buffer_name(const std::string& module, const NamedBuffer& buffer) {
  return module + "/buffers/" + buffer.path;
}

}  // namespace

const Tensor& State::tensor(const std::string& name, const Shape& shape) const {
  const auto found = tensors.find(name);
  if (found == tensors.end()) throw DataError("the checkpoint holds no tensor '" + name + "'.");
  const Tensor& value = found->second;
  if (value.shape() != shape)
    throw DataError("the checkpoint's '" + name + "' has the shape " + to_text(value.shape()) +
                    "; this spec makes it " + to_text(shape) + ".");
  return value;
}

double State::number(const std::string& name) const {
  const auto found = numbers.find(name);
  if (found == numbers.end()) throw DataError("the checkpoint holds no number '" + name + "'.");
  return found->second;
}

std::map<std::string, double> State::numbers_below(const std::string& prefix) const {
  std::map<std::string, double> found;
  const std::string begin = prefix + "/";
  for (auto at = numbers.lower_bound(begin); at != numbers.end(); ++at) {
    if (at->first.compare(0, begin.size(), begin) != 0) break;
    found[at->first.substr(begin.size())] = at->second;
  }
  return found;
}

std::size_t State::bytes() const {
  std::size_t bytes = 0;
  for (const auto& [name, tensor] : tensors) bytes += tensor.size() * sizeof(Scalar);
  return bytes;
}

void save_module(const std::string& name, Module& module, State& state) {
  for (const NamedParameter& parameter : module.parameters())
    state.tensors[parameter_name(name, parameter)] = parameter.variable->value();
  for (const NamedBuffer& buffer : module.buffers())
    state.tensors[buffer_name(name, buffer)] = buffer.buffer->value();
}

void restore_module(const std::string& name, Module& module, const State& state) {
  for (const NamedParameter& parameter : module.parameters())
    *parameter.variable =
        Variable::leaf(state.tensor(parameter_name(name, parameter), parameter.variable->shape()));
  for (const NamedBuffer& buffer : module.buffers()) {
    buffer.buffer->set(state.tensor(buffer_name(name, buffer), buffer.buffer->value().shape()));
    buffer.buffer->drop();
  }
}

}  // namespace saddle
