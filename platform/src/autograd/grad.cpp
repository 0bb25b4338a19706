#include <saddle/autograd/grad.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include "autograd/node.hpp"
#include "tensor/kernels.hpp"

#include <algorithm>
#include <cassert>
#include <optional>

namespace saddle {

// One reverse sweep from an output to the variables asked for.
class Sweep {
 public:
  Sweep(const Variable& output, const Variables& wrt) : wrt_(wrt) {
    collect(output.node_);
    mark_paths();
  }

  Variables run(const Variable& output, const Variable& cotangent) {
    accumulate(*find(*output.node_), cotangent);
    for (auto visit = visits_.rbegin(); visit != visits_.rend(); ++visit) propagate(*visit);
    Variables gradients;
    gradients.reserve(wrt_.size());
    for (const Variable& variable : wrt_) {
      const Visit* const visit = find(*variable.node_);
      const bool reached = visit && visit->cotangent;
      gradients.push_back(reached ? *visit->cotangent : Variable(zeros(variable.shape())));
    }
    return gradients;
  }

 private:
  // The graph, which the output keeps alive, holds the handle.
  using Handle = const std::shared_ptr<Node>*;
  struct Visit {
    Handle node;
    bool wanted = false;   // one of `wrt`
    bool on_path = false;  // leads to one of `wrt`
    std::optional<Variable> cotangent;
  };

  // Every tracked node below the output, in the order of ids: inputs before outputs.
  void collect(const std::shared_ptr<Node>& output) {
    const auto earlier = [](Handle a, Handle b) { return (*a)->id < (*b)->id; };
    PoolVector<Handle> pending{&output};
    while (!pending.empty()) {
      std::pop_heap(pending.begin(), pending.end(), earlier);
      const Handle node = pending.back();
      pending.pop_back();
      if (!visits_.empty() && *visits_.back().node == *node) continue;
      visits_.push_back({node, false, false, {}});
      for (const Input& input : (*node)->inputs) {
        pending.push_back(&input.variable.node_);
        std::push_heap(pending.begin(), pending.end(), earlier);
      }
    }
    std::reverse(visits_.begin(), visits_.end());
  }

  // Null where the output does not depend on the node.
  Visit* find(const Node& node) {
    const auto found = std::lower_bound(
        visits_.begin(), visits_.end(), node.id,
        [](const Visit& visit, std::uint64_t id) { return (*visit.node)->id < id; });
    return found != visits_.end() && found->node->get() == &node ? &*found : nullptr;
  }

  void mark_paths() {
    for (const Variable& variable : wrt_)
      if (Visit* const visit = find(*variable.node_)) visit->wanted = visit->on_path = true;
    for (Visit& visit : visits_)
      for (const Input& input : (*visit.node)->inputs)
        if (find(*input.variable.node_)->on_path) visit.on_path = true;
  }

  // A sum that nobody else holds, and that no derivative is asked of, grows where it lies.
  static void accumulate(Visit& visit, Variable cotangent) {
    if (!visit.cotangent)
      visit.cotangent = std::move(cotangent);
    else if (!history_recorded() && visit.cotangent->node_.use_count() == 1 &&
             visit.cotangent->shape() == cotangent.shape())
      kernels::add_to(visit.cotangent->node_->value, cotangent.value());
    else
      visit.cotangent = add(*visit.cotangent, cotangent);
  }

  void propagate(Visit& visit) {
    if (!visit.on_path || !visit.cotangent) return;
    const Node& node = **visit.node;
    const Variable output(*visit.node);
    const Variable cotangent = node.outer ? node.outer(*visit.cotangent, output) : *visit.cotangent;
    // What nobody asks for is released as soon as it has been used.
    if (!visit.wanted) visit.cotangent.reset();
    for (const Input& input : node.inputs) {
      Visit& before = *find(*input.variable.node_);
      if (!before.on_path) continue;
      Variable part = input.vjp(cotangent, output);
      assert(part.shape() == input.variable.shape());
      accumulate(before, std::move(part));
    }
  }

  const Variables& wrt_;
  PoolVector<Visit> visits_;
};

Variables vjp(const Variable& output, const Variable& cotangent, const Variables& wrt,
              GradOptions options) {
  assert(cotangent.shape() == output.shape());
  std::optional<NoHistory> pause;
  if (!options.create_graph) pause.emplace();
  return Sweep(output, wrt).run(output, cotangent);
}

Variables grad(const Variable& loss, const Variables& wrt, GradOptions options) {
  assert(loss.size() == 1);
  return vjp(loss, Variable(full(loss.shape(), 1)), wrt, options);
}

}  // namespace saddle
