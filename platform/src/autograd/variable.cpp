#include <saddle/autograd/variable.hpp>

#include "autograd/node.hpp"

#include <atomic>
#include <cassert>
#include <utility>

namespace saddle {
namespace {

std::atomic<std::uint64_t>& last_id() {
  static std::atomic<std::uint64_t> id{0};
  return id;
}

thread_local bool history_on = true;

template <class... Arguments>
std::shared_ptr<Node> make_node(Arguments&&... arguments) {
  return std::allocate_shared<Node>(PoolAllocator<Node>(), std::forward<Arguments>(arguments)...);
}

}  // namespace

Node::Node(Tensor v, bool is_leaf) : value(std::move(v)), id(++last_id()), tracked(is_leaf) {}

Node::Node(Tensor v, Inputs&& from, Vjp second)
    : value(std::move(v)),
      inputs(std::move(from.kept_)),
      id(++last_id()),
      tracked(!inputs.empty()) {
  if (tracked) outer = std::move(second);
}

std::uint64_t nodes_made() { return last_id(); }

// The release of a long chain must not recurse: inputs are moved to a list that the outermost
// destructor empties.
Node::~Node() {
  thread_local std::vector<PoolVector<Input>> released;
  thread_local bool emptying = false;
  if (inputs.empty()) return;
  released.push_back(std::move(inputs));
  if (emptying) return;
  emptying = true;
  while (!released.empty()) {
    const PoolVector<Input> batch = std::move(released.back());
    released.pop_back();
  }
  emptying = false;
}

Tensor Node::take_value(Variable&& variable) {
  const std::shared_ptr<Node> node = std::move(variable.node_);
  return node.use_count() == 1 ? std::move(node->value) : node->value;
}

Variable::Variable() : Variable(full({}, 0)) {}
Variable::Variable(Tensor value) : node_(make_node(std::move(value), false)) {}
Variable::Variable(std::shared_ptr<Node> node) : node_(std::move(node)) {}

Variable Variable::leaf(Tensor value) { return Variable(make_node(std::move(value), true)); }

Variable Variable::constant(double value) { return Variable(full({}, value)); }

const Tensor& Variable::value() const { return node_->value; }

Scalar Variable::item() const {
  assert(size() == 1);
  return *value().data();
}

bool Variable::tracked() const { return node_->tracked; }

Inputs::Inputs(Input a) { add(std::move(a)); }

Inputs::Inputs(Input a, Input b) {
  add(std::move(a));
  add(std::move(b));
}

Inputs::Inputs(Input a, Input b, Input c) {
  add(std::move(a));
  add(std::move(b));
  add(std::move(c));
}

void Inputs::add(Input input) {
  if (history_on && input.variable.tracked()) kept_.push_back(std::move(input));
}

Variable record(Tensor value, Inputs inputs) {
  return record(std::move(value), std::move(inputs), {});
}

Variable record(Tensor value, Inputs inputs, Vjp outer) {
  return Variable(make_node(std::move(value), std::move(inputs), std::move(outer)));
}

NoHistory::NoHistory() : before_(history_on) { history_on = false; }
NoHistory::~NoHistory() { history_on = before_; }

bool history_recorded() { return history_on; }

}  // namespace saddle
