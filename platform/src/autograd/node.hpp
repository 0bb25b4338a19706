#pragma once

#include <saddle/autograd/variable.hpp>

namespace saddle {

// One value of the graph. Ids rise from inputs to outputs.
struct Node {
  Node(Tensor v, bool is_leaf);
  Node(Tensor v, Inputs&& from, Vjp second);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // The value of a variable, moved where it is the only handle.
  static Tensor take_value(Variable&& variable);

  Tensor value;
  PoolVector<Input> inputs;
  // Of a second op in the same pass; may be empty.
  Vjp outer;
  std::uint64_t id;
  bool tracked;
};

// How many nodes this process has made so far.
std::uint64_t nodes_made();

}  // namespace saddle
