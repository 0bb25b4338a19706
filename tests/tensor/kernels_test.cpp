#include <saddle/saddle.hpp>

#include "tensor/channels.hpp"
#include "tensor/kernels.hpp"
#include "tensor/parallel.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace saddle;

namespace {

Tensor noise(const std::string& name, const Shape& shape) {
  return random_normal(RandomStream(1, name), shape);
}

}  // namespace

TEST_CASE("Fast products agree with xtensor-blas on odd shapes, at the error of their length",
          "[kernels]") {
  for (const auto& [m, k, n] : std::vector<std::array<std::size_t, 3>>{{1, 1, 1},
                                                                       {7, 3, 5},
                                                                       {65, 129, 33},
                                                                       {256, 128, 128},
                                                                       {64, 784, 257},
                                                                       {1, 300, 200},
                                                                       {200, 300, 1},
                                                                       {500, 300, 2},
                                                                       {70, 128, 3},
                                                                       {300, 1, 130},
                                                                       {300, 4, 37},
                                                                       {3, 2, 2000},
                                                                       {600, 128, 128},
                                                                       {90, 900, 70},
                                                                       {64, 1024, 800},
                                                                       {90, 70, 512},
                                                                       {130, 200, 1024}}) {
    for (const bool ta : {false, true})
      for (const bool tb : {false, true}) {
        INFO(m << " " << k << " " << n << " " << ta << " " << tb);
        const Tensor a = noise("a", ta ? Shape{k, m} : Shape{m, k});
        const Tensor b = noise("b", tb ? Shape{n, k} : Shape{k, n});
        const Tensor fast = kernels::matmul(a, b, ta, tb);
        const kernels::ReferenceScope scope;
        const Tensor reference = kernels::matmul(a, b, ta, tb);
        double worst = 0;
        for (std::size_t i = 0; i < fast.size(); ++i)
          worst = std::max(worst, std::abs(double{fast.data()[i]} - double{reference.data()[i]}));
        CHECK(worst < 1e-6 * static_cast<double>(k + 1));
      }
  }
}

TEST_CASE("A product is the sums that define it, however far its rows lie apart", "[kernels]") {
  constexpr std::size_t k = 70;
  for (const auto& [m, n] : std::vector<std::array<std::size_t, 2>>{
           {90, 60}, {90, 512}, {40, 1024}, {512, 90}, {1024, 40}})
    for (const bool ta : {false, true})
      for (const bool tb : {false, true}) {
        INFO(m << " " << n << " " << ta << " " << tb);
        const Tensor a = noise("a", ta ? Shape{k, m} : Shape{m, k});
        const Tensor b = noise("b", tb ? Shape{n, k} : Shape{k, n});
        const Tensor c = kernels::matmul(a, b, ta, tb);
        double worst = 0;
        for (std::size_t i = 0; i < m; ++i)
          for (std::size_t j = 0; j < n; ++j) {
            double sum = 0;
            for (std::size_t l = 0; l < k; ++l)
              sum += double{ta ? a(l, i) : a(i, l)} * double{tb ? b(j, l) : b(l, j)};
            worst = std::max(worst, std::abs(double{c(i, j)} - sum));
          }
        CHECK(worst < 1e-6 * static_cast<double>(k + 1));
      }
}

TEST_CASE("A bias is added to each row of a product, whatever its shape", "[kernels]") {
  for (const Shape& shape :
       {Shape{3, 5}, Shape{300, 200}, Shape{64, 784}, Shape{90, 512}, Shape{500, 2}, Shape{500, 1}})
    for (const std::size_t terms : {std::size_t{1}, std::size_t{2}, std::size_t{100}}) {
      const Tensor x = noise("x", {shape[0], terms}), w = noise("w", {terms, shape[1]});
      const Tensor b = noise("b", {shape[1]});
      const Tensor sum = kernels::affine(x, w, b, 1), bent = kernels::affine(x, w, b, 0.5F);
      const Tensor product = kernels::matmul(x, w, false, false);
      for (std::size_t i = 0; i < shape[0]; ++i)
        for (std::size_t j = 0; j < shape[1]; ++j) {
          CHECK(sum(i, j) == Approx(product(i, j) + b(j)).margin(1e-5));
          CHECK(bent(i, j) == (sum(i, j) > 0 ? sum(i, j) : sum(i, j) * Scalar(0.5)));
        }
    }
}

TEST_CASE("NaN passes through every product and its rectifier", "[kernels]") {
  for (const std::size_t terms : {std::size_t{2}, std::size_t{100}})
    for (const std::size_t width : {std::size_t{2}, std::size_t{90}, std::size_t{512}}) {
      Tensor x = noise("x", {200, terms});
      x(7, 1) = std::numeric_limits<Scalar>::quiet_NaN();
      const Tensor w = noise("w", {terms, width}), wt = noise("w", {width, terms});
      const Tensor bent = kernels::affine(x, w, noise("b", {width}), 0),
                   transposed = kernels::matmul(x, wt, false, true);
      for (std::size_t i = 0; i < 200; ++i)
        for (std::size_t j = 0; j < width; ++j) {
          CHECK(std::isnan(bent(i, j)) == (i == 7));
          CHECK(std::isnan(transposed(i, j)) == (i == 7));
        }
    }
}

TEST_CASE("Sums of squares are right over the whole range of the scalar") {
  const auto sum_of = [](const Tensor& x) { return kernels::sum_of_squares(x.data(), x.size()); };
  // With and without a rest beside whole vectors and whole chunks.
  for (const std::size_t n : {std::size_t{17}, std::size_t{512}, std::size_t{1100}}) {
    const auto count = static_cast<double>(n);
    const Tensor threes = full({n}, 3), ones = full({n}, 1);
    CHECK(sum_of(threes) == 9 * count);
    CHECK(kernels::sum_of_squares(threes.data(), ones.data(), n) == 4 * count);
    // Squares of floats leave their range here; those of doubles do not.
    CHECK(sum_of(full({n}, 1e30)) == Approx(1e60 * count));
    CHECK(sum_of(full({n}, 1e-30)) == Approx(1e-60 * count));
    CHECK(sum_of(full({n}, 0)) == 0);
    for (const float broken : {INFINITY, -INFINITY, NAN}) {
      Tensor x = threes;
      x.data()[n / 2] = static_cast<Scalar>(broken);
      CHECK_FALSE(std::isfinite(sum_of(x)));
    }
  }
}

TEST_CASE("logsumexp agrees with its reference along every axis and with infinities") {
  Tensor x = noise("x", {3, 70, 37});
  x(0, 0, 0) = 1000;
  x(1, 5, 2) = -INFINITY;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const Tensor fast = kernels::logsumexp(x, axis);
    const kernels::ReferenceScope scope;
    const Tensor reference = kernels::logsumexp(x, axis);
    for (std::size_t i = 0; i < fast.size(); ++i)
      CHECK(fast.data()[i] == Approx(reference.data()[i]).epsilon(2e-6).margin(1e-6));
  }
  const auto of = [](double value) { return kernels::logsumexp(full({1, 20}, value), 1)(0, 0); };
  CHECK(of(-INFINITY) == -INFINITY);
  CHECK(of(INFINITY) == INFINITY);
  CHECK(std::isnan(of(NAN)));
}

TEST_CASE("A column is repeated over the last axes of what it meets") {
  const Tensor x = noise("x", {40, 5, 6}), column = noise("column", {40, 1, 1});
  const Tensor sum = (Variable(x) + Variable(column)).value(),
               rest = (Variable(column) - Variable(x)).value();
  for (std::size_t i = 0; i < 40; ++i)
    for (std::size_t j = 0; j < 5; ++j)
      for (std::size_t k = 0; k < 6; ++k) {
        CHECK(sum(i, j, k) == x(i, j, k) + column(i, 0, 0));
        CHECK(rest(i, j, k) == column(i, 0, 0) - x(i, j, k));
      }
}

TEST_CASE("No result depends on the number of threads", "[kernels]") {
  const auto results = [] {
    const Tensor a = noise("a", {300, 200}), b = noise("b", {200, 150});
    const Tensor few = noise("few", {20000, 3}), wide = noise("wide", {600, 200});
    const Tensor far_apart = noise("far apart", {200, 512});
    const Tensor tall = noise("tall", {900, 90});
    const Variable x = Variable(noise("x", {1000, 130}));
    return Tensors{kernels::matmul(a, b, false, false),
                   kernels::matmul(b, a, true, true),
                   kernels::matmul(a, wide, false, true),
                   kernels::matmul(a, far_apart, false, false),
                   kernels::matmul(far_apart, far_apart, true, false),
                   kernels::matmul(wide, a, false, true),
                   kernels::matmul(few, noise("right", {3, 70}), false, false),
                   kernels::matmul(few, few, true, false),
                   kernels::matmul(tall, tall, true, false),
                   kernels::affine(a, b, noise("bias", {150}), Scalar(0.2)),
                   kernels::sum_to(x.value(), {130}),
                   kernels::sum_to(x.value(), {1000, 1}),
                   kernels::sum_to(x.value(), {}),
                   kernels::sum_to(noise("images", {20, 30, 70}), {70}),
                   kernels::sum_to(noise("flat", {16, 20000}), {20000}),
                   kernels::sum_products(x.value(), x.value()),
                   kernels::reshaped(x.value(), {130, 1000}),
                   kernels::slice(x.value(), 0, 300, 900),
                   kernels::slice(x.value(), 1, 30, 90),
                   tanh(x).value(),
                   softplus(x).value()};
  };
  const Tensors one = results();
  set_threads(2);
  const Tensors two = results();
  set_threads(5);
  const Tensors five = results();
  set_threads(1);
  CHECK(one == two);
  CHECK(one == five);
}

TEST_CASE("An element's value does not depend on where it stands in a tensor") {
  const Tensor whole = noise("x", {37});
  const Tensor mapped = exp(Variable(whole)).value();
  for (std::size_t i = 0; i < 37; ++i)
    CHECK(exp(Variable(rows(whole, i, i + 1))).value().data()[0] == mapped.data()[i]);
}

TEST_CASE("NaN passes through every elementwise op, infinity does not become finite by accident") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Variable x(full({9}, nan));
  for (const Variable& y : {exp(x), log(x), sqrt(x), square(x), pow(x, 2.5), sin(x), cos(x), abs(x),
                            tanh(x), sigmoid(x), softplus(x), relu(x), leaky_relu(x, 0.2), silu(x)})
    CHECK_FALSE(all_finite(y.value()));
  const Variable inf(full({9}, std::numeric_limits<double>::infinity()));
  CHECK_FALSE(all_finite(softplus(inf).value()));
  CHECK(softplus(-inf).value() == zeros({9}));
  CHECK(sigmoid(inf).value() == full({9}, 1));
  CHECK(sigmoid(-inf).value() == zeros({9}));
}

TEST_CASE("Softplus and sigmoid keep their precision far from zero") {
  CHECK(softplus(Variable::constant(-20)).item() == Approx(2.0611536181902037e-9).epsilon(1e-5));
  CHECK(softplus(Variable::constant(100)).item() == Approx(100));
  CHECK(sigmoid(Variable::constant(-20)).item() == Approx(2.0611536181902037e-9).epsilon(1e-5));
}

TEST_CASE("Sums of a million numbers keep the precision of float") {
  // A lane adds 128 numbers before its sum goes to double: 128 roundings of 6e-8 at worst.
  CHECK(sum(Variable(full({1000000}, 0.1))).item() == Approx(100000).epsilon(8e-6));
  CHECK(sum(Variable(full({100000, 3}, 0.1)), 0).value().data()[2] == Approx(10000).epsilon(2e-5));
}

TEST_CASE("Tensors of no rows pass through the ops") {
  const Variable none(zeros({0, 3})), w(zeros({3, 2})), b(zeros({2}));
  CHECK(affine(none, w, b).shape() == Shape{0, 2});
  CHECK(matmul(none, none, true, false).value() == zeros({3, 3}));
  CHECK(sum(none).item() == 0);
  CHECK_THROWS_WITH(mean(none), "mean: the tensor [0, 3] has no elements");
  CHECK(logsumexp(Variable(zeros({3, 0})), 0).shape() == Shape{0});
}

TEST_CASE("What one thread of several throws is thrown where they were asked for") {
  set_threads(2);
  for (const std::size_t bad : {std::size_t{0}, std::size_t{15}})
    CHECK_THROWS_WITH(kernels::for_blocks(16,
                                          [&](std::size_t block) {
                                            if (block == bad) throw std::runtime_error("no");
                                          }),
                      "no");
  set_threads(1);
}

TEST_CASE("A steady step takes its memory from the pool") {
  const auto step = [] { return exp(Variable(noise("x", {50, 20}))); };
  step();
  const std::size_t misses = pool_counts().misses;
  step();
  if (std::string(SADDLE_SANITIZER).empty()) CHECK(pool_counts().misses == misses);
}
