#include "nn/layer_tools.hpp"

using namespace saddle;
using namespace saddle::testing;

TEST_CASE("A linear layer may do without a bias") {
  nn::Linear layer(2, 1, init::constant(3), {false, false});
  layer.initialise(RandomStream(1, "init"));
  REQUIRE(layer.parameters().size() == 1);
  CHECK(layer.parameters()[0].path == "weight");
  Context context = training();
  check_elements(layer(Variable(tensor({2, 2}, {1, 2, 4, -4})), context).value(), {9, 0});
}

TEST_CASE("A linear layer of normalised spectrum stretches no input") {
  nn::Linear layer(2, 2, init::constant(0), {true, true});
  layer.initialise(RandomStream(1, "init"));
  *layer.parameters()[0].variable = Variable::leaf(tensor({2, 2}, {0, 6, 2, 0}));
  *layer.parameters()[1].variable = Variable::leaf(tensor({2}, {10, 20}));
  for (int i = 0; i < 40; ++i) {
    Context context = own_update(i);
    layer(Variable(zeros({1, 2})), context);
    commit(layer);
  }
  Context context = evaluation();
  check_elements(layer(Variable(tensor({1, 2}, {3, 6})), context).value(), {10 + 2, 20 + 3});
}

TEST_CASE("Orthogonal weights rotate: their columns, or their rows, have length gain") {
  const auto product = [](const Tensor& w, bool columns) {
    return matmul(Variable(w), Variable(w), columns, !columns).value();
  };
  const RandomStream stream(1, "w");
  check_elements(product(init::orthogonal(2)({5, 3}, stream), true), {4, 0, 0, 0, 4, 0, 0, 0, 4});
  check_elements(product(init::orthogonal(2)({2, 4}, stream), false), {4, 0, 0, 4});
  Tensor kernel = init::orthogonal(3)({2, 2, 1, 2}, stream);
  kernel.reshape({4, 2});
  check_elements(product(kernel, true), {9, 0, 0, 9});
}
