#include <saddle/autograd/variable.hpp>

#include "autograd/node.hpp"

#include <algorithm>
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

Inputs::Inputs(Input a) { all_.push_back(std::move(a)); }

Inputs::Inputs(Input a, Input b) {
  all_.reserve(2);
  all_.push_back(std::move(a));
  all_.push_back(std::move(b));
}

Inputs::Inputs(Input a, Input b, Input c) {
  all_.reserve(3);
  all_.push_back(std::move(a));
  all_.push_back(std::move(b));
  all_.push_back(std::move(c));
}

Inputs::Inputs(std::vector<Input> all) : all_(std::move(all)) {}

Variable record(Tensor value, Inputs inputs) {
  return record(std::move(value), std::move(inputs), {});
}

Variable record(Tensor value, Inputs inputs, Vjp outer) {
  auto node = std::make_shared<Node>(std::move(value), false);
  if (!history_on) return Variable(std::move(node));
  std::vector<Input>& all = inputs.all_;
  const auto untracked = [](const Input& input) { return !input.variable.tracked(); };
  all.erase(std::remove_if(all.begin(), all.end(), untracked), all.end());
  node->tracked = !all.empty();
  if (node->tracked) {
    node->inputs = std::move(all);
    node->outer = std::move(outer);
  }
  return Variable(std::move(node));
}

NoHistory::NoHistory() : before_(history_on) { history_on = false; }
NoHistory::~NoHistory() { history_on = before_; }

bool history_recorded() { return history_on; }

}  // namespace saddle
