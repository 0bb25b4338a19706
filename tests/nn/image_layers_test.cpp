#include "nn/layer_tools.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

using namespace saddle;
using namespace saddle::testing;

namespace {

Variable image(std::size_t height, std::size_t width, const std::vector<double>& numbers) {
  return Variable(tensor({1, height, width, 1}, numbers));
}

Tensor run(nn::Layer& layer, const Variable& x) {
  Context context = evaluation();
  return layer(x, context).value();
}

std::function<Variable(const Variable&)> caller(nn::Layer& layer) {
  return [&layer](const Variable& x) {
    Context context = training();
    return layer(x, context);
  };
}

void set(Module& module, std::size_t parameter, double value) {
  Variable& variable = *module.parameters()[parameter].variable;
  variable = Variable::leaf(full(variable.shape(), value));
}

// Of the sum of squares, by the input and the parameters.
Tensors gradients(const Variable& y, const Variable& x, Module& layer) {
  Variables wrt{x};
  for (const auto& parameter : layer.parameters()) wrt.push_back(*parameter.variable);
  Tensors values;
  for (const Variable& g : grad(sum(y * y), wrt)) values.push_back(g.value());
  return values;
}

}  // namespace

TEST_CASE("A convolution adds its bias to windows times weights") {
  nn::Conv2d layer(1, 1, 2, {1, 0}, init::constant(1));
  layer.initialise(RandomStream(1, "init"));
  const Variable x = image(2, 3, {1, 2, 3, 4, 5, 6});
  check_elements(run(layer, x), {12, 16});
  set(layer, 1, 0.5);
  check_elements(run(layer, x), {12.5, 16.5});
}

TEST_CASE("The activation of a convolution is that of a pass of its own, derivatives included") {
  const std::size_t before = threads();
  for (const std::string& activation : nn::activation_names())
    for (const std::size_t out : {std::size_t{3}, std::size_t{43}}) {
      INFO(activation << " " << out);
      nn::Conv2d plain(5, out, 3, {1, 1}, init::normal(0.3)),
          bent(5, out, 3, {1, 1}, init::normal(0.3), {true, false, activation});
      for (nn::Conv2d* layer : {&plain, &bent}) {
        layer->initialise(RandomStream(1, "init"));
        set(*layer, 1, 0.1);
      }
      const Tensor images = random_normal(RandomStream(1, "x"), {9, 14, 13, 5});
      const Variable apart = Variable::leaf(images), together = Variable::leaf(images);
      const Variable y = nn::activate(activation, caller(plain)(apart));
      set_threads(2);
      const Variable z = caller(bent)(together);
      const Tensors expected = gradients(y, apart, plain), found = gradients(z, together, bent);
      set_threads(before);
      CHECK((z.value() == y.value()));
      CHECK((found == expected));
    }
}

TEST_CASE("The sides of a convolution's output follow from kernel, stride and padding") {
  nn::Conv2d half(3, 5, 4, {2, 1}, init::constant(0)), same(3, 2, 3, {1, 1}, init::constant(0));
  CHECK(run(half, Variable(zeros({2, 28, 7, 3}))).shape() == Shape{2, 14, 3, 5});
  CHECK(run(same, Variable(zeros({2, 28, 7, 3}))).shape() == Shape{2, 28, 7, 2});
}

TEST_CASE("A transposed convolution is the transpose of the convolution with the same weights") {
  nn::ConvTransposed2d layer(1, 1, 2, {2, 0}, init::constant(3));
  layer.initialise(RandomStream(1, "init"));
  set(layer, 1, 1);
  check_elements(run(layer, image(1, 2, {1, 2})), {4, 4, 7, 7, 4, 4, 7, 7});
}

TEST_CASE(
    "The sides of a transposed convolution's output are those that the convolution came from") {
  nn::ConvTransposed2d twice(3, 5, 4, {2, 1}, init::constant(0));
  CHECK(twice.parameters()[0].variable->shape() == Shape{4, 4, 5, 3});
  CHECK(run(twice, Variable(zeros({2, 7, 4, 3}))).shape() == Shape{2, 14, 8, 5});
  nn::ConvTransposed2d cut(1, 1, 2, {1, 1}, init::constant(0));
  CHECK_THROWS_WITH(run(cut, Variable(zeros({1, 1, 1, 1}))),
                    "transposed convolution: a padding of 1 leaves nothing of a side of 1");
  CHECK_THROWS_WITH(run(cut, Variable(zeros({1, 1}))),
                    "transposed convolution: expected images [n, height, width, channels], found "
                    "[1, 1]");
}

TEST_CASE("Convolutions without a bias have only a weight") {
  nn::Conv2d plain(1, 1, 1, {1, 0}, init::constant(2), {false, false});
  nn::ConvTransposed2d transposed(1, 1, 1, {1, 0}, init::constant(2), {false, false});
  for (nn::Layer* layer : std::initializer_list<nn::Layer*>{&plain, &transposed}) {
    layer->initialise(RandomStream(1, "init"));
    REQUIRE(layer->parameters().size() == 1);
    CHECK(layer->parameters()[0].path == "weight");
    check_elements(run(*layer, image(1, 2, {1, 2})), {2, 4});
  }
}

TEST_CASE("Spectral normalisation divides a kernel by its largest singular value") {
  // A kernel of one number has its size as the only singular value.
  nn::Conv2d layer(1, 1, 1, {1, 0}, init::constant(-2), {false, true});
  nn::ConvTransposed2d transposed(2, 1, 1, {1, 0}, init::constant(3), {false, true});
  for (nn::Layer* each : std::initializer_list<nn::Layer*>{&layer, &transposed})
    each->initialise(RandomStream(1, "init"));
  check_elements(run(layer, image(1, 2, {1, 2})), {-1, -2});
  // The row (3, 3) of length 3 sqrt 2: in an own update the power iteration meets it at once.
  Context context = own_update();
  const Variable y = transposed(Variable(full({1, 1, 1, 2}, 1)), context);
  check_elements(y.value(), {std::sqrt(2.0)});
  CHECK(transposed.buffers()[0].path == "spectral_norm.u");
}

TEST_CASE("Pooling and upsampling layers do what their ops do") {
  const Variable x = image(2, 2, {1, 2, 3, 6});
  nn::AveragePool average(2);
  nn::MaxPool largest(2), overlapping(2, {1, 1});
  nn::Upsample nearest(2), bilinear(2, nn::Interpolation::bilinear);
  check_elements(run(average, x), {3});
  check_elements(run(largest, x), {6});
  check_elements(run(overlapping, x), {1, 2, 2, 3, 6, 6, 3, 6, 6});
  check_elements(run(nearest, image(1, 2, {0, 4})), {0, 0, 4, 4, 0, 0, 4, 4});
  check_elements(run(bilinear, image(1, 2, {0, 4})), {0, 1, 3, 4, 0, 1, 3, 4});
}

TEST_CASE("Layers of images are differentiated by input and parameters, twice", "[double]") {
  const Tensor x = random_normal(RandomStream(1, "x"), {2, 4, 4, 2});
  nn::Conv2d convolution(2, 3, 3, {2, 1}, init::normal(1));
  nn::ConvTransposed2d transposed(2, 3, 4, {2, 1}, init::normal(1));
  nn::MaxPool largest(2);
  for (nn::Layer* layer : std::initializer_list<nn::Layer*>{&convolution, &transposed, &largest}) {
    layer->initialise(RandomStream(1, "init"));
    check_layer_gradients(*layer, caller(*layer), x);
  }
}

TEST_CASE("Initialisers count the pixels of a window among the inputs") {
  const Tensor he = init::he(1)({3, 3, 40, 50}, RandomStream(1, "w"));
  const double n = 18000, variance = 1.0 / 360;
  // A mean of n squares errs by sqrt(2 / n) of itself.
  CHECK(std::abs(squared_norm(he) / n - variance) < 5 * variance * std::sqrt(2 / n));
  const Tensor xavier = init::xavier()({3, 3, 40, 50}, RandomStream(1, "w"));
  const double bound = std::sqrt(6.0 / 810);
  CHECK(double{*std::max_element(xavier.begin(), xavier.end())} == Approx(bound).epsilon(1e-2));
  CHECK(double{*std::min_element(xavier.begin(), xavier.end())} == Approx(-bound).epsilon(1e-2));
}
