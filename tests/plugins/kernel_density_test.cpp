#include <saddle/saddle.hpp>

#include <catch2/catch.hpp>

using namespace saddle;

namespace {

Tensor shifted(const Tensor& x, double by) { return (Variable(x) + by).value(); }

}  // namespace

TEST_CASE("Distances keep their digits far from the origin") {
  const Tensor x = random_normal(RandomStream(1, "x"), {40, 2});
  const Tensor y = random_normal(RandomStream(1, "y"), {30, 2});
  const Tensor near = squared_distances(Variable(x), Variable(y)).value();
  const Tensor far =
      squared_distances(Variable(shifted(x, 1000)), Variable(shifted(y, 1000))).value();
  for (std::size_t i = 0; i < near.size(); ++i)
    CHECK(far.data()[i] == Approx(near.data()[i]).margin(2e-3));
  const auto entropy = [](const Tensor& points) {
    return double{-mean(log_kernel_density(Variable(points), Variable(points), 0.3, true)).item()};
  };
  CHECK(entropy(shifted(x, 5000)) == Approx(entropy(x)).margin(0.02));
}

TEST_CASE("The middle that distances are taken about has no part in their derivatives") {
  const Variable x = Variable::leaf(tensor({2, 1}, {1, 4})),
                 y = Variable::leaf(tensor({1, 1}, {3}));
  const Variables found = grad(sum(squared_distances(x, y)), {x, y});
  CHECK(found[0].value()(0, 0) == Approx(-4));
  CHECK(found[0].value()(1, 0) == Approx(2));
  CHECK(found[1].value()(0, 0) == Approx(2));
}
