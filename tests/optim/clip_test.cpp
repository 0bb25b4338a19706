#include "optim/clip.hpp"

#include <saddle/saddle.hpp>

#include <catch2/catch.hpp>

#include <vector>

using namespace saddle;

namespace {

ClipLimit norm(double value) { return {value, std::nullopt}; }
ClipLimit value(double value) { return {std::nullopt, value}; }

// The elements of all tensors of a clipped gradient.
std::vector<double> elements(const ClipLimit& limit, const Tensors& gradients) {
  std::vector<double> found;
  for (const Tensor& g : clipped(limit, gradients))
    for (std::size_t i = 0; i < g.size(); ++i) found.push_back(static_cast<double>(g.data()[i]));
  return found;
}

}  // namespace

TEST_CASE("A gradient is clipped by the norm over all its tensors", "[double]") {
  const Tensors gradients = {tensor({2}, {3, 0}), tensor({1, 1}, {-4})};
  const std::vector<double> shorter = elements(norm(1), gradients);
  CHECK(shorter[0] == Approx(0.6));
  CHECK(shorter[1] == 0);
  CHECK(shorter[2] == Approx(-0.8));
  CHECK(elements(norm(5), gradients) == std::vector<double>{3, 0, -4});
  CHECK(elements(norm(1), {zeros({2})}) == std::vector<double>{0, 0});
  // Squares that leave the range of float.
  CHECK(elements(norm(1), {tensor({2}, {3e25, 4e25})})[1] == Approx(0.8));
}

TEST_CASE("A gradient is clipped by value, exactly itself within the bounds", "[double]") {
  const Tensor g = tensor({4}, {3, -3, 0.1, -1e-9});
  const std::vector<double> cut = elements(value(0.5), {g});
  CHECK(cut[0] == Approx(0.5));
  CHECK(cut[1] == Approx(-0.5));
  CHECK(cut[2] == static_cast<double>(static_cast<Scalar>(0.1)));
  CHECK(cut[3] == static_cast<double>(static_cast<Scalar>(-1e-9)));
}

// d/dx of the first element of x / |x|, at (3, 4): (1 - 9/25) / 5 and -12 / 125.
TEST_CASE("Clipping can be differentiated", "[double]") {
  const Variable x = Variable::leaf(tensor({2}, {3, 4}));
  const Variable shorter = clipped(norm(1), Variables{x})[0];
  const Tensor slope = grad(sum(slice(shorter, 0, 0, 1)), {x})[0].value();
  CHECK(slope(0) == Approx(0.128));
  CHECK(slope(1) == Approx(-0.096));
  const Variable cut = clipped(value(3.5), Variables{x})[0];
  const Tensor gate = grad(sum(cut), {x})[0].value();
  CHECK(gate(0) == 1);
  CHECK(gate(1) == 0);
}
