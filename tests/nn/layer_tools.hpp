#pragma once

#include <saddle/saddle.hpp>

#include "autograd/differences.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <vector>

// How the tests of layers run them.
namespace saddle::testing {

inline Approx near(double value) {
  return Approx(value).epsilon(kDouble ? 1e-8 : 1e-5).margin(kDouble ? 1e-8 : 1e-5);
}

inline Context own_update(std::int64_t step = 1) {
  Context context(Mode::train, step, RandomStream(1, "call").at(step));
  context.enter_own_update();
  return context;
}
// A training forward that leaves no trace.
inline Context training() { return Context(Mode::train, 1, RandomStream(1, "call").at(1)); }
inline Context evaluation() { return Context(Mode::evaluate, 1, RandomStream(1, "call").at(1)); }

inline void check_elements(const Tensor& found, const std::vector<double>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(double{found.data()[i]} == near(expected[i]));
}

inline void commit(Module& module) {
  for (const NamedBuffer& named : module.buffers()) named.buffer->commit();
}

inline const Tensor& buffer_of(Module& module, const std::string& path) {
  for (const NamedBuffer& named : module.buffers())
    if (named.path == path) return named.buffer->value();
  FAIL("there is no buffer " << path);
  throw;
}

// Checks both orders of the derivatives by the input and by every parameter, which are moved from
// where they began.
inline void check_layer_gradients(Module& module,
                                  const std::function<Variable(const Variable&)>& call,
                                  const Tensor& x) {
  Variables inputs{Variable::leaf(x)};
  for (const NamedParameter& named : module.parameters()) {
    const Tensor noise = random_normal(RandomStream(3, named.path), named.variable->shape());
    inputs.push_back(Variable::leaf((*named.variable + 0.1 * Variable(noise)).value()));
  }
  check_gradients(
      [&](const Variables& values) {
        const Substitution here(module, {values.begin() + 1, values.end()});
        return call(values[0]);
      },
      inputs);
}

}  // namespace saddle::testing
