#pragma once

#include <saddle/tensor/tensor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
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
  friend Variable record(Tensor, class Inputs,
                         std::function<Variable(const Variable&, const Variable&)>);
  explicit Variable(std::shared_ptr<Node> node);
  std::shared_ptr<Node> node_;
};

// The vector-Jacobian product of an op for one input: (cotangent of the output, the output) ->
// cotangent of the input. Written in ops, so that it can be differentiated again. It receives the
// output instead of capturing it, which would be a cycle.
using Vjp = std::function<Variable(const Variable& cotangent, const Variable& output)>;

struct Input {
  Variable variable;
  Vjp vjp;
};

// The inputs of an op, as `{{x, vjp_of_x}, {y, vjp_of_y}}` or, where their number varies, a vector.
// An initializer list would copy each of them.
class Inputs {
 public:
  Inputs(Input a);
  Inputs(Input a, Input b);
  Inputs(Input a, Input b, Input c);
  Inputs(std::vector<Input> all);

 private:
  friend Variable record(Tensor, Inputs, Vjp);
  std::vector<Input> all_;
};

// The result of an op. Its history holds the inputs that are tracked; where none is, or history is
// paused, the result is a constant.
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

// Whether ops in this thread record history.
bool history_recorded();

}  // namespace saddle
