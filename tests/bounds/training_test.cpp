#include "bounds/training.hpp"

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace saddle;
using namespace saddle::bounds;

namespace {

// One number w, which begins at 0.
class Number final : public Module {
 public:
  Number() : w_(parameter("w", Shape{1}, init::constant(0))) {
    initialise(RandomStream(1, "test"));
  }
  Variable value() const { return sum(w_); }
  double number() const { return static_cast<double>(w_.item()); }
  // Highest at w = 1.
  Variable hill() const { return -square(value() - 1.0); }

 private:
  Variable& w_;
};

Training quick() {
  Training training;
  training.learning_rate = 0.05;
  training.steps = 200;
  training.every = 10;
  return training;
}

}  // namespace

TEST_CASE("Training climbs the objective and returns the value of the weights that it keeps") {
  Number module;
  const double best = train(
      module, quick(), [&](std::int64_t) { return module.hill(); },
      [&] { return static_cast<double>(module.hill().item()); });
  CHECK(module.number() == Approx(1).margin(0.05));
  CHECK(best == Approx(static_cast<double>(module.hill().item())).margin(1e-6));
}

TEST_CASE("A training shorter than the steps between two judgements is judged at its end") {
  Number module;
  Training training = quick();
  training.steps = 5;
  const double best = train(
      module, training, [&](std::int64_t) { return module.hill(); },
      [&] { return static_cast<double>(module.hill().item()); });
  CHECK(module.number() > 0);
  CHECK(best > -1);
}

TEST_CASE("The weights that held-out pairs like best are kept, the first ones too") {
  Number module;
  int asked = 0;
  train(
      module, quick(), [&](std::int64_t) { return module.hill(); },
      [&] {
        ++asked;
        return -module.number();
      });
  CHECK(module.number() == 0);
  // Once at first, and then until its patience of 5 is out.
  CHECK(asked == 6);
}

TEST_CASE("With a moving average its weights are judged, which lag behind") {
  Number module;
  Training training = quick();
  training.average = 0.9;
  training.steps = 10;
  double seen = 0;
  train(
      module, training, [&](std::int64_t) { return module.value(); },
      [&] { return seen = module.number(); });
  // Adam's steps on a slope are 0.05 each: 0.5 after ten.
  CHECK(seen > 0.1);
  CHECK(seen < 0.49);
  CHECK(module.number() == seen);
}

TEST_CASE("A gradient that is not finite ends the training and moves nothing") {
  Number module;
  train(
      module, quick(),
      [&](std::int64_t) { return module.value() * std::numeric_limits<double>::infinity(); },
      [&] { return static_cast<double>(module.value().item()); });
  CHECK(module.number() == 0);
}
