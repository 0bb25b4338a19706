#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/export.hpp>
#include <saddle/base/random.hpp>
#include <saddle/nn/initialisers.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// State that is not trained by gradients. A forward of the network's own update proposes a new
// value; the host commits it with the update, or drops it. Of several proposals the last one
// counts.
class Buffer {
 public:
  explicit Buffer(Tensor value) : value_(std::move(value)) {}
  const Tensor& value() const { return value_; }
  // What was proposed last, or else the value. An average follows from here, so that it follows
  // every forward of an update: real samples, then generated ones.
  const Tensor& latest() const { return proposed_ ? *proposed_ : value_; }
  void propose(Tensor value) { proposed_ = std::move(value); }
  void commit();
  void drop() { proposed_.reset(); }
  void set(Tensor value) { value_ = std::move(value); }

 private:
  Tensor value_;
  std::optional<Tensor> proposed_;
};

struct NamedParameter {
  std::string path;  // "body.0.weight"
  Variable* variable;
};

struct NamedBuffer {
  std::string path;
  Buffer* buffer;
};

// A tree of named parameters, buffers and child modules. A module owns its children; the pointers
// that it hands out live as long as it does.
class SADDLE_API Module {
 public:
  Module();
  virtual ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  // Gives every parameter and buffer its first value, each from the stream "<stream>/<path>".
  void initialise(const RandomStream& stream);
  // In the order in which they were added, depth first.
  std::vector<NamedParameter> parameters();
  std::vector<NamedBuffer> buffers();
  // The path of this module in its tree, "" for the root.
  std::string path() const;

 protected:
  // Makes a child; its parameters are called "<name>.<theirs>", or as it calls them where the name
  // is empty.
  template <class M, class... Arguments>
  M& add(std::string name, Arguments&&... arguments) {
    auto made = std::make_unique<M>(std::forward<Arguments>(arguments)...);
    M& child = *made;
    adopt(std::move(name), std::move(made));
    return child;
  }
  // Takes a child that was made elsewhere.
  template <class M>
  M& add(std::string name, std::unique_ptr<M> made) {
    M& child = *made;
    adopt(std::move(name), std::move(made));
    return child;
  }
  // A trained tensor. It holds zeros until `initialise`.
  Variable& parameter(std::string name, const Shape& shape, Initialiser initialiser);
  Buffer& buffer(std::string name, const Shape& shape, Initialiser initialiser);

 private:
  struct Slot;
  void adopt(std::string name, std::unique_ptr<Module> child);
  template <class Visit>
  void walk(const std::string& prefix, const Visit& visit);

  std::string name_;
  const Module* parent_ = nullptr;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<std::unique_ptr<Module>> children_;
};

// While it lives, a module runs with these values in place of its parameters, in the order of
// `parameters()`: a functional call. Gradients may flow to them.
class Substitution {
 public:
  Substitution(Module& module, const Variables& values);
  ~Substitution();
  Substitution(const Substitution&) = delete;
  Substitution& operator=(const Substitution&) = delete;

 private:
  std::vector<NamedParameter> parameters_;
  Variables before_;
};

}  // namespace saddle
