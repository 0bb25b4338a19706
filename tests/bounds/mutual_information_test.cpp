#include <saddle/saddle.hpp>

#include "autograd/differences.hpp"
#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace saddle;
using namespace saddle::bounds;
using saddle::testing::error_text;
using saddle::testing::kBound;
using saddle::testing::kDouble;
using saddle::testing::worst_error;

namespace {

Approx near(double value) { return Approx(value).epsilon(kDouble ? 1e-12 : 1e-6); }

const Variable& scores() {
  static const Variable all = Variable::leaf(tensor({3, 3}, {1, .5, -1, .2, 2, 0, -.5, 1, .3}));
  return all;
}

std::vector<double> numbers(const Variable& x) { return {x.value().begin(), x.value().end()}; }

}  // namespace

TEST_CASE("The scores of all pairs fall into those drawn together and those drawn apart") {
  const Scores parts = split(scores());
  const auto expect = [](const Variable& found, const std::vector<double>& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(numbers(found)[i] == near(expected[i]));
  };
  expect(parts.joint, {1, 2, .3});
  expect(parts.product, {.5, -1, .2, 0, -.5, 1});
  CHECK(error_text<PluginError>([] {
          split(Variable(zeros({2, 3})));
        }) ==
        "split takes the scores of all pairs of a batch, [n, n] with n > 1; it was given [2, 3].");
}

// The values are the formulas written out with numpy.
TEST_CASE("Each bound has its value on given scores") {
  const auto [joint, product] = split(scores());
  CHECK(donsker_varadhan(joint, product).item() == near(0.8685158671466917));
  CHECK(mine(joint, product, -0.3).item() == near(0.8685158671466917));
  CHECK(nwj(joint, product).item() == near(0.6362992486022765));
  CHECK(info_nce(scores()).item() == near(0.41195637581502587));
  CHECK(jensen_shannon(joint, product).item() == near(-1.0925088798996068));
  CHECK(smile(joint, product, 0.6).item() == near(0.9678634155974781));
  CHECK(smile(joint, product, 100).item() == near(0.8685158671466917));
}

TEST_CASE("Estimates of the density ratio are the mean score of the joint pairs") {
  // (1 + 2 + .3) / 3, and the mean of the others is (.5 - 1 + .2 + 0 - .5 + 1) / 6.
  const auto [joint, product] = split(scores());
  CHECK(kl_dime(joint, product).item() == near(1.1));
  CHECK(gan_dime(joint, product).item() == near(1.1));
  CHECK(club(joint, product).item() == near(1.1 - 0.2 / 6));
}

TEST_CASE("TUBA subtracts each score's baseline, and that of e makes it NWJ") {
  const Variable joint(tensor({2}, {1, 2})), product(tensor({2}, {0, 1}));
  const Variable ones(tensor({2}, {1, 1})), both(tensor({2}, {0, std::log(2)}));
  CHECK(tuba({joint, product}, {ones, ones}).item() == near(nwj(joint, product).item()));
  // 1 + (1 + 2 - ln 2) / 2 - (1 + e / 2) / 2
  CHECK(tuba({joint, product}, {both, both}).item() == near(2 - std::log(2) / 2 - std::exp(1) / 4));
}

TEST_CASE("The optimal critic attains the information of a discrete pair") {
  // Two bits that agree three times in four: ln p(x, y) / p(x) p(y) = ln 3/2 or ln 1/2.
  const double same = std::log(1.5), other = std::log(0.5);
  const double information = 0.75 * same + 0.25 * other;
  const Variable joint(tensor({4}, {same, same, same, other})), product(tensor({2}, {same, other}));
  CHECK(donsker_varadhan(joint, product).item() == near(information));
  CHECK(nwj(joint + 1.0, product + 1.0).item() == near(information));
  CHECK(kl_dime(joint, product).item() == near(information));
}

TEST_CASE("Symmetric InfoNCE is the mean of the bounds from rows and from columns") {
  const Variable all(tensor({2, 2}, {1, 0, 2, 3})), turned(tensor({2, 2}, {1, 2, 0, 3}));
  CHECK(symmetric_info_nce(all).item() ==
        near((info_nce(all).item() + info_nce(turned).item()) / 2));
}

TEST_CASE("InfoNCE cannot exceed the logarithm of the batch") {
  Tensor certain = zeros({4, 4});
  for (std::size_t i = 0; i < 4; ++i) certain(i, i) = 100;
  CHECK(info_nce(Variable(certain)).item() == near(std::log(4)));
}

TEST_CASE("MINE's gradient divides by the moving average, SMILE's is that of Jensen-Shannon") {
  const Variable joint = Variable::leaf(tensor({2}, {.5, -.2})),
                 product = Variable::leaf(tensor({2}, {.3, -1}));
  const double average = 0.8;
  const auto corrected = grad(mine(joint, product, std::log(average)), {joint, product});
  CHECK(corrected[0].value()(0) == near(0.5));
  CHECK(corrected[1].value()(0) == near(-std::exp(0.3) / 2 / average));
  CHECK(corrected[1].value()(1) == near(-std::exp(-1) / 2 / average));
  const auto smiling = grad(smile(joint, product, 0.1), {joint, product});
  const auto steady = grad(jensen_shannon(joint, product), {joint, product});
  for (std::size_t i = 0; i < 2; ++i) CHECK(smiling[i].value() == steady[i].value());
}

TEST_CASE("The gradients of f-DIME are those of the bounds that train its critic") {
  const Variable joint = Variable::leaf(tensor({2}, {.5, -.2})),
                 product = Variable::leaf(tensor({2}, {.3, -1}));
  const auto kl = grad(kl_dime(joint, product), {joint, product});
  CHECK(kl[0].value()(1) == near(0.5));
  CHECK(kl[1].value()(0) == near(-std::exp(0.3) / 2));
  const auto gan = grad(gan_dime(joint, product), {joint, product});
  // The derivative of -softplus(-s) is sigmoid(-s), that of -softplus(s) is -sigmoid(s).
  CHECK(gan[0].value()(0) == near(0.5 / (1 + std::exp(0.5))));
  CHECK(gan[1].value()(1) == near(-0.5 / (1 + std::exp(1))));
}

TEST_CASE("The moving average begins with the first batch and moves by its rate") {
  const Variable product(tensor({6}, {.5, -1, .2, 0, -.5, 1}));
  const double first = log_moving_average(-std::numeric_limits<double>::infinity(), product, 0.1);
  CHECK(first == near(0.23148413285330818));
  CHECK(log_moving_average(-0.2, product, 0.1) == near(-0.14745112656071233));
  CHECK(log_moving_average(-0.2, product, 1) == near(first));
}

TEST_CASE("Bounds do not overflow on large scores") {
  const Variable joint(full({2}, 400)), product(full({3}, 300));
  CHECK(donsker_varadhan(joint, product).item() == near(100));
  CHECK(jensen_shannon(joint, product).item() == near(-300));
  CHECK(smile(joint, product, 5).item() == near(395));
}

TEST_CASE("The gradients of the bounds agree with differences", "[double]") {
  const auto of_parts = [](Variable (*bound)(const Variable&, const Variable&)) {
    return [bound](const Variables& v) {
      const Scores parts = split(v[0]);
      return bound(parts.joint, parts.product);
    };
  };
  CHECK(worst_error(of_parts(donsker_varadhan), {scores()}) < kBound);
  CHECK(worst_error(of_parts(nwj), {scores()}) < kBound);
  CHECK(worst_error(of_parts(jensen_shannon), {scores()}) < kBound);
  CHECK(worst_error(of_parts(club), {scores()}) < kBound);
  const auto with_baselines = [](const Variables& v) { return tuba({v[0], v[1]}, {v[2], v[3]}); };
  const auto pair = [](double a, double b) { return Variable::leaf(tensor({2}, {a, b})); };
  CHECK(worst_error(with_baselines, {pair(1, 2), pair(0, 1), pair(.3, -1), pair(.2, .7)}) < kBound);
  CHECK(worst_error([](const auto& v) { return info_nce(v[0]); }, {scores()}) < kBound);
  CHECK(worst_error([](const auto& v) { return symmetric_info_nce(v[0]); }, {scores()}) < kBound);
}
