#pragma once

#include <saddle/tensor/tensor.hpp>

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace saddle {

struct Node;

// A cheap handle to an immutable tensor and, where it is tracked, to how it came about.
class Variable {
 public:
  // The constant 0.
  Variable();
  // A constant: no history begins here.
  explicit Variable(Tensor value);
  // A tracked leaf: `grad` can be asked for derivatives with respect to it.
  static Variable leaf(Tensor value);
  static Variable constant(double value);

  const Tensor& value() const;
  const Shape& shape() const { return value().shape(); }
  // The number of elements.
  std::size_t size() const { return value().size(); }
  // The only element of a tensor of size 1.
  Scalar item() const;
  // Whether history leads from here to a leaf.
  bool tracked() const;

 private:
  friend struct Node;
  friend class Sweep;
  friend Variable record(Tensor, class Inputs, class Vjp);
  explicit Variable(std::shared_ptr<Node> node);
  std::shared_ptr<Node> node_;
};

using Variables = PoolVector<Variable>;

// Whether ops in this thread record history.
bool history_recorded();

// The vector-Jacobian product of an op for one input: (cotangent of the output, the output) ->
// cotangent of the input. Written in ops, so that it can be differentiated again. It receives the
// output instead of capturing it, which would be a cycle. While history is paused nobody can ask
// for it, and it is not kept.
class Vjp {
 public:
  Vjp() = default;
  template <class Function, class = std::enable_if_t<!std::is_same_v<Function, Vjp>>>
  Vjp(Function function) {
    if (history_recorded())
      function_ = std::allocate_shared<Holder<Function>>(PoolAllocator<Holder<Function>>(),
                                                         std::move(function));
  }

  explicit operator bool() const { return function_ != nullptr; }
  Variable operator()(const Variable& cotangent, const Variable& output) const {
    return function_->call(cotangent, output);
  }

 private:
  struct Callable {
    virtual ~Callable() = default;
    virtual Variable call(const Variable& cotangent, const Variable& output) const = 0;
  };
  template <class Function>
  struct Holder final : Callable {
    explicit Holder(Function f) : function(std::move(f)) {}
    Variable call(const Variable& cotangent, const Variable& output) const override {
      return function(cotangent, output);
    }
    Function function;
  };
  std::shared_ptr<const Callable> function_;
};

struct Input {
  Variable variable;
  Vjp vjp;
};

// The inputs of an op, as `{{x, vjp_of_x}, {y, vjp_of_y}}` or, where their number varies, one by
// one. Those that are tracked are kept, unless history is paused.
class Inputs {
 public:
  Inputs() = default;
  Inputs(Input a);
  Inputs(Input a, Input b);
  Inputs(Input a, Input b, Input c);
  void add(Input input);

 private:
  friend struct Node;
  PoolVector<Input> kept_;
};

// The result of an op; a constant where none of its inputs is kept.
Variable record(Tensor value, Inputs inputs);
// The same of two ops in one pass: `outer` is the vjp of the second, which needs its output alone;
// those of the inputs are the first's, and get the cotangent that `outer` makes.
Variable record(Tensor value, Inputs inputs, Vjp outer);

// Pauses history in this thread while it lives.
class NoHistory {
 public:
  NoHistory();
  ~NoHistory();
  NoHistory(const NoHistory&) = delete;
  NoHistory& operator=(const NoHistory&) = delete;

 private:
  bool before_;
};

}  // namespace saddle
