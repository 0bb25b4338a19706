#include "nn/layer_tools.hpp"

using namespace saddle;
using namespace saddle::testing;

namespace {

// Updates that do not change the weight.
void settle(nn::Layer& norm, const Tensor& weight, int updates) {
  for (int i = 0; i < updates; ++i) {
    Context context = own_update(i);
    norm(Variable(weight), context);
    commit(norm);
  }
}

// A matrix whose singular values are known: rotation, stretch, rotation.
Tensor with_singular_values(std::size_t rows, const std::vector<double>& values) {
  const std::size_t columns = values.size();
  Tensor left = init::orthogonal()({rows, columns}, RandomStream(1, "left"));
  const Tensor right = init::orthogonal()({columns, columns}, RandomStream(1, "right"));
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) left(i, j) *= static_cast<Scalar>(values[j]);
  return matmul(Variable(left), Variable(right)).value();
}

struct ByHand {
  ByHand() : norm(2) {
    norm.initialise(RandomStream(1, "init"));
    norm.buffers()[0].buffer->set(tensor({2}, {1, 0}));
  }
  double sigma(Context context) {
    return 3 / double{norm(Variable(weight), context).value()(0, 0)};
  }
  // W (1, 0) = (3, 4) and W^T (3, 4) = (25, 20), along (5, 4); W (5, 4) = (15, 40).
  const Tensor weight = tensor({2, 2}, {3, 0, 4, 5});
  nn::SpectralNorm norm;
};

}  // namespace

TEST_CASE("A forward of the own update moves the singular vector by one step of the power method") {
  ByHand example;
  const double first = std::sqrt(1825 / 41.0);
  CHECK(example.sigma(own_update()) == near(first));
  // The second forward of the update meets the same weights.
  CHECK(example.sigma(own_update()) == near(first));
  check_elements(buffer_of(example.norm, "u"), {1, 0});
  commit(example.norm);
  check_elements(buffer_of(example.norm, "u"), {5 / std::sqrt(41.0), 4 / std::sqrt(41.0)});
}

TEST_CASE("Other forwards use the singular vector of the last update and keep it") {
  ByHand example;
  CHECK(example.sigma(training()) == near(5));
  CHECK(example.sigma(evaluation()) == near(5));
  commit(example.norm);
  check_elements(buffer_of(example.norm, "u"), {1, 0});
}

TEST_CASE("After many updates sigma is the largest singular value") {
  ByHand example;
  settle(example.norm, example.weight, 40);
  // W^T W has the eigenvalues 45 and 5.
  CHECK(example.sigma(evaluation()) == near(std::sqrt(45.0)));
  const Tensor weight = with_singular_values(7, {4, 3, 2, 1, 0.5});
  nn::SpectralNorm norm(5);
  norm.initialise(RandomStream(1, "init"));
  settle(norm, weight, 60);
  Context context = evaluation();
  const Tensor normal = norm(Variable(weight), context).value();
  for (std::size_t i = 0; i < weight.size(); ++i)
    CHECK(double{weight.data()[i]} == near(4 * double{normal.data()[i]}));
}

TEST_CASE("A kernel is normalised as the matrix of all its inputs by its outputs") {
  Tensor kernel = with_singular_values(12, {4, 2, 1});
  nn::SpectralNorm norm(3);
  norm.initialise(RandomStream(1, "init"));
  settle(norm, kernel, 40);
  kernel.reshape({2, 3, 2, 3});
  Context context = evaluation();
  const Tensor normal = norm(Variable(kernel), context).value();
  REQUIRE(normal.shape() == Shape{2, 3, 2, 3});
  for (std::size_t i = 0; i < kernel.size(); ++i)
    CHECK(double{kernel.data()[i]} == near(4 * double{normal.data()[i]}));
}

TEST_CASE("The derivative of the normalised weight goes through sigma, twice", "[double]") {
  nn::Linear layer(3, 4, init::normal(1), {true, true});
  layer.initialise(RandomStream(1, "init"));
  REQUIRE(layer.buffers()[0].path == "spectral_norm.u");
  check_layer_gradients(
      layer,
      [&](const Variable& x) {
        Context context = training();
        return layer(x, context);
      },
      random_normal(RandomStream(1, "x"), {2, 3}));
}

TEST_CASE("The derivative of sigma is the product of its singular vectors") {
  ByHand example;
  const Variable weight = Variable::leaf(example.weight);
  Context context = own_update();
  // W / sigma times the constant W: its derivative by W has W - |W|^2 / sigma v u^T over sigma.
  const Variable value = sum(example.norm(weight, context) * Variable(example.weight));
  const double sigma = std::sqrt(1825 / 41.0), squares = 9 + 16 + 25;
  const double u[] = {5 / std::sqrt(41.0), 4 / std::sqrt(41.0)};
  const double v[] = {15 / std::sqrt(1825.0), 40 / std::sqrt(1825.0)};
  std::vector<double> expected;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      expected.push_back((double{example.weight(i, j)} - squares / sigma * v[i] * u[j]) / sigma);
  check_elements(grad(value, {weight})[0].value(), expected);
}

TEST_CASE("A weight of zeros stays what it is, and its norm finds its way once it is none") {
  nn::SpectralNorm norm(2);
  norm.initialise(RandomStream(1, "init"));
  settle(norm, zeros({3, 2}), 2);
  Context context = own_update();
  CHECK(norm(Variable(zeros({3, 2})), context).value() == zeros({3, 2}));
  const Tensor weight = with_singular_values(3, {2, 0.5});
  settle(norm, weight, 50);
  const Tensor normed = norm(Variable(weight), context).value();
  CHECK(double{normed(0, 0)} == near(double{weight(0, 0)} / 2));
}
