#include "experiment/plugin_check/module.hpp"

#include <saddle/tensor/threads.hpp>

#include "base/text.hpp"
#include "experiment/plugin_check/bits.hpp"
#include "experiment/plugin_check/setups.hpp"
#include "experiment/plugin_check/time.hpp"
#include "experiment/state.hpp"

#include <algorithm>
#include <utility>

namespace saddle::plugin_check {
namespace {

constexpr std::size_t kRows = 5;

// Where two lists of outputs differ first, or "".
std::string difference(const Variables& a, const Variables& b) {
  if (a.size() != b.size()) return "the number of outputs";
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::string found = first_difference(a[i].value(), b[i].value());
    if (!found.empty()) return found;
  }
  return "";
}

std::string same_bits(const Fit& fit, Pass pass) {
  const Variables inputs = as_leaves(fit.inputs(kRows));
  set_threads(1);
  const Instance first = fit.make(1);
  const Variables once = first.call(inputs, pass);
  // What a call leaves behind must not reach the next one.
  first.call(as_leaves(fit.inputs(kRows + 2)), Pass::training);
  std::string found = difference(once, first.call(inputs, pass));
  if (!found.empty()) return "two calls with the same input differ: " + found;
  found = difference(once, fit.make(1).call(inputs, pass));
  if (!found.empty()) return "two instances with the same seed differ: " + found;
  set_threads(2);
  found = difference(once, fit.make(1).call(inputs, pass));
  return found.empty() ? "" : "one and two threads differ: " + found;
}

Outcome check_bits(const std::vector<Fit>& fits) {
  for (const Fit& fit : fits)
    for (const Pass pass : {Pass::training, Pass::evaluation}) {
      const std::string found = same_bits(fit, pass);
      if (!found.empty()) return failed_with(found, fit);
    }
  return ok("two calls, two instances, one and two threads");
}

std::string save_and_load(const Fit& fit, std::size_t& tensors) {
  const Variables inputs = as_leaves(fit.inputs(kRows));
  const Instance first = fit.make(1), second = fit.make(2);
  // Running averages and the like begin to move.
  first.call(inputs, Pass::training);
  for (const NamedBuffer& named : first.module->buffers()) named.buffer->commit();
  State saved, again;
  save_module("plugin", *first.module, saved);
  tensors = saved.tensors.size();
  if (tensors != first.module->parameters().size() + first.module->buffers().size())
    return "two parameters or two buffers have the same name";
  restore_module("plugin", *second.module, saved);
  save_module("plugin", *second.module, again);
  for (const auto& [name, value] : saved.tensors) {
    const auto found = again.tensors.find(name);
    if (found == again.tensors.end() || !first_difference(value, found->second).empty())
      return "'" + name + "' is not the same after it was restored";
  }
  // A training call first would bring both instances into the same state.
  for (const Pass pass : {Pass::evaluation, Pass::training}) {
    const std::string found = difference(first.call(inputs, pass), second.call(inputs, pass));
    if (!found.empty()) return "a restored instance gives another output: " + found;
  }
  return "";
}

Outcome check_save(const std::vector<Fit>& fits) {
  std::size_t tensors = 0;
  for (const Fit& fit : fits) {
    const std::string found = save_and_load(fit, tensors);
    if (!found.empty()) return failed_with(found, fit);
  }
  return ok(counted(tensors, "tensor"));
}

Outcome check_empty(const std::vector<Fit>& fits) {
  std::string refusal;
  for (const Fit& fit : fits) {
    Variables outputs;
    try {
      outputs = fit.make(1).call(as_leaves(fit.inputs(0)), Pass::training);
    } catch (const std::exception& error) {
      refusal = error.what();
    }
    for (const Variable& output : outputs)
      if (!output.shape().empty() && output.shape()[0] != 0)
        return failed_with("0 rows in, " + to_text(output.shape()) + " out", fit);
  }
  return ok(refusal.empty() ? "0 rows" : "refused: " + refusal);
}

Outcome time_call(const std::vector<Fit>& fits) {
  constexpr std::size_t kTimedRows = 64;
  std::vector<std::string> times;
  for (const Fit& fit : fits) {
    const Instance instance = fit.make(1);
    const Variables inputs = as_leaves(fit.inputs(kTimedRows));
    times.push_back(median_time([&] { instance.call(inputs, Pass::training); }) + " for " +
                    fit.setup);
  }
  return ok("a call of " + std::to_string(kTimedRows) + " rows: " + join(times, "; "));
}

Outcome check_gradients(const std::vector<Fit>& fits) {
  std::string summary;
  for (const Fit& fit : fits) {
    const Instance instance = fit.make(1);
    std::vector<Point> points = parameter_points(*instance.module);
    const auto split = static_cast<std::ptrdiff_t>(points.size());
    Tensors inputs = fit.inputs(3);
    for (std::size_t i = 0; i < inputs.size(); ++i)
      points.push_back({fit.input_names[i], std::move(inputs[i])});
    const Function function = [&](const Variables& leaves) {
      const Substitution here(*instance.module, {leaves.begin(), leaves.begin() + split});
      return instance.call({leaves.begin() + split, leaves.end()}, Pass::frozen);
    };
    const GradientVerdict verdict = judge_gradient(points, function);
    if (!verdict.mismatch.empty()) return failed_with(verdict.mismatch, fit);
    summary += (summary.empty() ? "" : "; ") + fit.setup + ": " + verdict.summary();
  }
  return ok("against central differences, " + summary);
}

}  // namespace

Check module_gradients(const FindFits& find) {
  return {"gradients", [find](const Candidate& c) { return check_gradients(typical(find(c))); }};
}

std::vector<Check> module_checks(const FindFits& find) {
  const auto check = [&find](const char* name, Outcome (*run)(const std::vector<Fit>&)) {
    return Check{name, [find, run](const Candidate& c) { return run(typical(find(c))); }};
  };
  Check time = check("time", time_call);
  time.judged = false;
  return {check("same-bits", check_bits), check("save-load", check_save), check("nan", check_nan),
          check("empty-batch", check_empty), std::move(time)};
}

}  // namespace saddle::plugin_check
