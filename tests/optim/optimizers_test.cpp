#include <saddle/saddle.hpp>

#include "optim/choice.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <memory>

using namespace saddle;

namespace {

// Runs `steps` updates of both forms on the same gradients and compares them.
void compare_forms(const Optimizer& optimizer, int steps) {
  Tensor fused = tensor({5}, {1, -2, 0.5, 3, -0.1});
  Variable in_ops(fused);
  Tensors slots(optimizer.slot_names().size(), zeros({5}));
  Variables op_slots(slots.size(), Variable(zeros({5})));
  for (int t = 1; t <= steps; ++t) {
    const Tensor gradient = random_normal(RandomStream(1, "gradient").at(t), {5});
    fused = optimizer.step(fused, gradient, slots, t, 0.1);
    in_ops = optimizer.step(in_ops, Variable(gradient), op_slots, t, 0.1);
    for (std::size_t i = 0; i < 5; ++i)
      CHECK(fused.data()[i] == Approx(in_ops.value().data()[i]).epsilon(1e-5).margin(1e-6));
  }
}

template <class O>
typename O::Options options() {
  return {};
}

double one_step(const Optimizer& optimizer, double w, double g, int updates, double rate) {
  Tensor value = full({1}, w);
  Tensors slots(optimizer.slot_names().size(), zeros({1}));
  for (int t = 1; t <= updates; ++t) value = optimizer.step(value, full({1}, g), slots, t, rate);
  return value.data()[0];
}

}  // namespace

TEST_CASE("Each optimizer's fused kernel and its step in ops agree, with every option",
          "[double]") {
  auto sgd = options<Sgd>();
  compare_forms(Sgd(sgd), 5);
  sgd.momentum = 0.9, sgd.weight_decay = 0.01;
  compare_forms(Sgd(sgd), 5);
  auto rms = options<RmsProp>();
  compare_forms(RmsProp(rms), 5);
  rms.momentum = 0.5, rms.weight_decay = 0.01, rms.epsilon = 0.1;
  compare_forms(RmsProp(rms), 5);
  auto adam = options<Adam>();
  compare_forms(Adam(adam), 5);
  adam.amsgrad = true, adam.weight_decay = 0.01, adam.beta1 = 0.5;
  compare_forms(Adam(adam), 5);
  adam.amsgrad = false, adam.decoupled = true, adam.beta1 = 0;
  compare_forms(Adam(adam), 5);
}

TEST_CASE("Optimizers take the steps that their papers write out", "[double]") {
  // SGD with momentum 0.5, gradient 1: v = 1, 1.5; w = 2 - 0.1 - 0.15.
  auto sgd = options<Sgd>();
  sgd.momentum = 0.5;
  CHECK(one_step(Sgd(sgd), 2, 1, 2, 0.1) == Approx(1.75));
  // Adam's first step has length rate, whatever the gradient; so has the second when it repeats.
  CHECK(one_step(Adam({}), 2, 300, 1, 0.1) == Approx(1.9));
  CHECK(one_step(Adam({}), 2, -300, 2, 0.1) == Approx(2.2));
  // RMSProp: s = 0.01 g^2, so the first step is 10 rates.
  CHECK(one_step(RmsProp({}), 2, 3, 1, 0.1) == Approx(1.0).epsilon(1e-5));
  // AdamW shrinks w by rate times decay.
  auto adamw = options<Adam>();
  adamw.decoupled = true, adamw.weight_decay = 0.5;
  CHECK(one_step(Adam(adamw), 2, 1, 1, 0.1) == Approx(2 * 0.95 - 0.1));
}

TEST_CASE("Where a gradient is 0, a step can be differentiated, and is the fused one", "[double]") {
  const auto check = [](const Optimizer& optimizer) {
    Variables slots(optimizer.slot_names().size(), Variable(zeros({3})));
    Variable w(tensor({3}, {1, -2, 3}));
    const Variable x = Variable::leaf(tensor({3}, {-1, 0.5, 0}));
    const Variable zero_once = relu(x);
    w = optimizer.step(w, zero_once, slots, 1, 0.1);
    w = optimizer.step(w, zero_once, slots, 2, 0.1);
    CHECK(w.value().data()[0] == 1);
    CHECK(w.value().data()[2] == 3);
    const Tensor gradient = grad(sum(w), {x})[0].value();
    CHECK(gradient.data()[0] == 0);
    CHECK(all_finite(gradient));
  };
  check(Adam({}));
  auto amsgrad = options<Adam>();
  amsgrad.amsgrad = true;
  check(Adam(amsgrad));
  check(RmsProp({}));
}

TEST_CASE("Schedules hold before and after their ramp, and meet the middle as their shape says") {
  Schedule schedule;
  schedule.linear = Ramp{1, 3, 10, 20};
  CHECK(schedule.at(0, 100) == 1);
  CHECK(schedule.at(15, 100) == 2);
  CHECK(schedule.at(50, 100) == 3);
  schedule = Schedule{};
  schedule.exponential = Ramp{1, 0.01, 0, std::nullopt};
  CHECK(schedule.at(50, 100) == Approx(0.1));
  CHECK(schedule.at(100, 100) == Approx(0.01));
  schedule = Schedule{};
  schedule.cosine = Ramp{2, 0, 0, 100};
  CHECK(schedule.at(50, 100) == Approx(1));
  CHECK(Schedule::of(0.5).at(7, 100) == 0.5);
}

TEST_CASE("Without a choice the rate is that of the optimizer that is made") {
  CHECK(OptimizerChoice{}.rate().at(0, 100) == OptimizerChoice::standard().rate().at(0, 100));
}
