#include <saddle/autograd/grad.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include "autograd/node.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <unordered_map>

namespace saddle {

// One reverse sweep from an output to the variables asked for.
class Sweep {
 public:
  Sweep(const Variable& output, const std::vector<Variable>& wrt) : wrt_(wrt) {
    collect(output.node_);
    mark_paths();
  }

  std::vector<Variable> run(const Variable& output, const Variable& cotangent) {
    accumulate(output.node_.get(), cotangent);
    for (auto visit = order_.rbegin(); visit != order_.rend(); ++visit) propagate(*visit);
    std::vector<Variable> gradients;
    for (const Variable& variable : wrt_) {
      const auto found = visits_.find(variable.node_.get());
      const bool reached = found != visits_.end() && found->second.cotangent;
      gradients.push_back(reached ? *found->second.cotangent : Variable(zeros(variable.shape())));
    }
    return gradients;
  }

 private:
  struct Visit {
    bool wanted = false;   // one of `wrt`
    bool on_path = false;  // leads to one of `wrt`
    std::optional<Variable> cotangent;
  };

  // Every tracked node below the output, in the order of ids: inputs before outputs.
  void collect(const std::shared_ptr<Node>& output) {
    std::vector<std::shared_ptr<Node>> pending{output};
    visits_[output.get()];
    while (!pending.empty()) {
      const std::shared_ptr<Node> node = std::move(pending.back());
      pending.pop_back();
      for (const Input& input : node->inputs)
        if (visits_.try_emplace(input.variable.node_.get()).second)
          pending.push_back(input.variable.node_);
      order_.push_back(node);
    }
    std::sort(order_.begin(), order_.end(),
              [](const auto& a, const auto& b) { return a->id < b->id; });
  }

  void mark_paths() {
    for (const Variable& variable : wrt_) {
      const auto found = visits_.find(variable.node_.get());
      if (found != visits_.end()) found->second.wanted = found->second.on_path = true;
    }
    for (const auto& node : order_)
      for (const Input& input : node->inputs)
        if (visits_[input.variable.node_.get()].on_path) visits_[node.get()].on_path = true;
  }

  void accumulate(const Node* node, const Variable& cotangent) {
    std::optional<Variable>& sum = visits_[node].cotangent;
    sum = sum ? add(*sum, cotangent) : cotangent;
  }

  void propagate(const std::shared_ptr<Node>& node) {
    Visit& visit = visits_[node.get()];
    if (!visit.on_path || !visit.cotangent) return;
    const Variable output(node);
    const Variable cotangent =
        node->outer ? node->outer(*visit.cotangent, output) : *visit.cotangent;
    // What nobody asks for is released as soon as it has been used.
    if (!visit.wanted) visit.cotangent.reset();
    for (const Input& input : node->inputs) {
      if (!visits_[input.variable.node_.get()].on_path) continue;
      const Variable part = input.vjp(cotangent, output);
      assert(part.shape() == input.variable.shape());
      accumulate(input.variable.node_.get(), part);
    }
  }

  const std::vector<Variable>& wrt_;
  std::unordered_map<const Node*, Visit> visits_;
  std::vector<std::shared_ptr<Node>> order_;
};

std::vector<Variable> vjp(const Variable& output, const Variable& cotangent,
                          const std::vector<Variable>& wrt, GradOptions options) {
  assert(cotangent.shape() == output.shape());
  std::optional<NoHistory> pause;
  if (!options.create_graph) pause.emplace();
  return Sweep(output, wrt).run(output, cotangent);
}

std::vector<Variable> grad(const Variable& loss, const std::vector<Variable>& wrt,
                           GradOptions options) {
  assert(loss.size() == 1);
  return vjp(loss, Variable(full(loss.shape(), 1)), wrt, options);
}

}  // namespace saddle
