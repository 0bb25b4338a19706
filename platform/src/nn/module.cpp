#include <saddle/nn/module.hpp>

#include <cassert>

namespace saddle {

// One named tensor: a parameter or a buffer.
struct Module::Slot {
  std::string name;
  Shape shape;
  Initialiser initialiser;
  std::optional<Variable> variable;
  std::optional<Buffer> buffer;
};

void Buffer::commit() {
  if (proposed_) value_ = std::move(*proposed_);
  proposed_.reset();
}

Module::Module() = default;
Module::~Module() = default;

std::string Module::path() const {
  if (!parent_) return "";
  const std::string above = parent_->path();
  return above.empty() || name_.empty() ? above + name_ : above + "." + name_;
}

void Module::adopt(std::string name, std::unique_ptr<Module> child) {
  child->name_ = std::move(name);
  child->parent_ = this;
  children_.push_back(std::move(child));
}

Variable& Module::parameter(std::string name, const Shape& shape, Initialiser initialiser) {
  slots_.push_back(std::make_unique<Slot>(Slot{std::move(name), shape, std::move(initialiser),
                                               Variable::leaf(zeros(shape)), std::nullopt}));
  return *slots_.back()->variable;
}

Buffer& Module::buffer(std::string name, const Shape& shape, Initialiser initialiser) {
  slots_.push_back(std::make_unique<Slot>(
      Slot{std::move(name), shape, std::move(initialiser), std::nullopt, Buffer(zeros(shape))}));
  return *slots_.back()->buffer;
}

template <class Visit>
void Module::walk(const std::string& prefix, const Visit& visit) {
  for (const auto& slot : slots_) visit(prefix + slot->name, *slot);
  for (const auto& child : children_)
    child->walk(child->name_.empty() ? prefix : prefix + child->name_ + ".", visit);
}

void Module::initialise(const RandomStream& stream) {
  walk("", [&](const std::string& path, Slot& slot) {
    Tensor value = slot.initialiser(slot.shape, stream.child(path));
    if (slot.variable)
      *slot.variable = Variable::leaf(std::move(value));
    else
      slot.buffer->set(std::move(value));
  });
}

std::vector<NamedParameter> Module::parameters() {
  std::vector<NamedParameter> found;
  walk("", [&](const std::string& path, Slot& slot) {
    if (slot.variable) found.push_back({path, &*slot.variable});
  });
  return found;
}

std::vector<NamedBuffer> Module::buffers() {
  std::vector<NamedBuffer> found;
  walk("", [&](const std::string& path, Slot& slot) {
    if (slot.buffer) found.push_back({path, &*slot.buffer});
  });
  return found;
}

Substitution::Substitution(Module& module, const Variables& values)
    : parameters_(module.parameters()) {
  assert(values.size() == parameters_.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    before_.push_back(*parameters_[i].variable);
    *parameters_[i].variable = values[i];
  }
}

Substitution::~Substitution() {
  for (std::size_t i = 0; i < before_.size(); ++i) *parameters_[i].variable = before_[i];
}

}  // namespace saddle
