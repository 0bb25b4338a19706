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

}  // namespace

Node::Node(Tensor v, bool is_tracked) : value(std::move(v)), id(++last_id()), tracked(is_tracked) {}

std::uint64_t nodes_made() { return last_id(); }

// The release of a long chain must not recurse: inputs are moved to a list that the outermost
// destructor empties.
Node::~Node() {
  thread_local std::vector<std::vector<Input>> released;
  thread_local bool emptying = false;
  if (inputs.empty()) return;
  released.push_back(std::move(inputs));
  if (emptying) return;
  emptying = true;
  while (!released.empty()) {
    const std::vector<Input> batch = std::move(released.back());
    released.pop_back();
  }
  emptying = false;
}

Tensor Node::take_value(Variable&& variable) {
  const std::shared_ptr<Node> node = std::move(variable.node_);
  return node.use_count() == 1 ? std::move(node->value) : node->value;
}

Variable::Variable() : Variable(full({}, 0)) {}
Variable::Variable(Tensor value) : node_(std::make_shared<Node>(std::move(value), false)) {}
Variable::Variable(std::shared_ptr<Node> node) : node_(std::move(node)) {}

Variable Variable::leaf(Tensor value) {
  return Variable(std::make_shared<Node>(std::move(value), true));
}

Variable Variable::constant(double value) { return Variable(full({}, value)); }

const Tensor& Variable::value() const { return node_->value; }

Scalar Variable::item() const {
  assert(size() == 1);
  return *value().data();
}

bool Variable::tracked() const { return node_->tracked; }

Variable record(Tensor value, std::vector<Input> inputs) {
  return record(std::move(value), std::move(inputs), {});
}

Variable record(Tensor value, std::vector<Input> inputs, Vjp outer) {
  auto node = std::make_shared<Node>(std::move(value), false);
  if (history_on)
    for (Input& input : inputs)
      if (input.variable.tracked()) node->inputs.push_back(std::move(input));
  node->tracked = !node->inputs.empty();
  if (node->tracked) node->outer = std::move(outer);
  return Variable(std::move(node));
}

NoHistory::NoHistory() : before_(history_on) { history_on = false; }
NoHistory::~NoHistory() { history_on = before_; }

bool history_recorded() { return history_on; }

}  // namespace saddle
