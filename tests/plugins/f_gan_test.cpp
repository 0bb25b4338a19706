#include "autograd/differences.hpp"
#include "error_text.hpp"
#include "plugins/loss_game.hpp"

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;
using saddle::testing::kBound;
using saddle::testing::worst_error;

namespace {

std::unique_ptr<Loss> f_gan(const char* divergence, const char* form = "minimax",
                            double alpha = 0.5) {
  return make_loss(
      "f-gan", {{"divergence", text(divergence)}, {"form", text(form)}, {"alpha", number(alpha)}});
}

// A game of given logits.
struct Given : Game {
  Given(const std::vector<double>& real, const std::vector<double>& generated)
      : Game(Logits::identity(), tensor({real.size(), 1}, real),
             tensor({generated.size(), 1}, generated)) {}
};

struct Row {
  const char* divergence;
  double alpha, bound, minimax, alternative;
};

// The bound of the first six is published with the vectors; the rest is E g(r) - E f*(g(f)) written
// out with scipy.
const Row kRows[] = {
    {"kl", 0, -.065165570963, -.565165570963, -.25},
    {"reverse-kl", 0, -.403382590469, .75, .931800498314},
    {"pearson", 0, .140625, -.359375, -.25},
    {"squared-hellinger", 0, -.689661892089, -.536279301620, -.068199501686},
    {"jensen-shannon", 0, -.122887230320, -.177945516632, -.072054483368},
    {"gan", 0, -1.509181591439, -.871092697192, .621092697192},
    {"total-variation", 0, .020025820047, -.090732610183, -.090732610183},
    {"jeffrey", 0, .115824881236, -.384175118764, -.25},
    {"alpha", .5, -4.578256775313, -5.940167881066, -1.378907302808},
    {"alpha", -1, -.051238446358, .086850447889, .121092697192},
    {"alpha", 3, .051858918912, -.448141081088, -.25},
};

// The unbounded logits of the critic that attains the bound where p / q is u, and f(u).
struct Optimum {
  const char* divergence;
  double alpha;
  double (*logit)(double u);
  double (*f)(double u);
};

double softplus_inverse(double y) { return std::log(std::expm1(y)); }

const Optimum kOptima[] = {
    {"kl", 0, [](double u) { return std::log(u) + 1; }, [](double u) { return u * std::log(u); }},
    {"reverse-kl", 0, [](double u) { return std::log(u); }, [](double u) { return -std::log(u); }},
    {"pearson", 0, [](double u) { return 2 * (u - 1); },
     [](double u) { return (u - 1) * (u - 1); }},
    {"squared-hellinger", 0, [](double u) { return std::log(u) / 2; },
     [](double u) { return std::pow(std::sqrt(u) - 1, 2); }},
    {"jensen-shannon", 0, [](double u) { return std::log(u); },
     [](double u) { return u * std::log(u) - (u + 1) * std::log((u + 1) / 2); }},
    {"gan", 0, [](double u) { return std::log(u); },
     [](double u) { return u * std::log(u) - (u + 1) * std::log(u + 1); }},
    {"jeffrey", 0, [](double u) { return std::log(u) + 1 - 1 / u; },
     [](double u) { return (u - 1) * std::log(u); }},
    // Attained at infinity only, and tanh(40) is 1 to all digits.
    {"total-variation", 0, [](double u) { return u > 1 ? 40.0 : -40.0; },
     [](double u) { return std::abs(u - 1) / 2; }},
    {"alpha", .5, [](double u) { return -softplus_inverse(2 / std::sqrt(u)); },
     [](double u) { return (std::sqrt(u) - 1 - (u - 1) / 2) / -.25; }},
    {"alpha", 3, [](double u) { return (u * u - 1) / 2; },
     [](double u) { return (u * u * u - 1 - 3 * (u - 1)) / 6; }},
};

}  // namespace

TEST_CASE("f-GAN has its published bounds, and both forms of the generator's objective") {
  for (const Row& row : kRows) {
    INFO(row.divergence << " " << row.alpha);
    Given game({.5, -1, 2}, {-.5, 1, .25});
    const auto minimax = f_gan(row.divergence, "minimax", row.alpha);
    CHECK(discriminator_value(*minimax, game) == near(-row.bound));
    CHECK(game.logged("divergence") == near(row.bound));
    CHECK(generator_value(*minimax, game) == near(row.minimax));
    const auto alternative = f_gan(row.divergence, "alternative", row.alpha);
    CHECK(generator_value(*alternative, game) == near(row.alternative));
  }
}

TEST_CASE("The optimal critic of two distributions on two points attains the f-divergence") {
  // p = (3/4, 1/4) and q = (1/4, 3/4).
  for (const Optimum& row : kOptima) {
    INFO(row.divergence << " " << row.alpha);
    const double first = row.logit(3), second = row.logit(1.0 / 3);
    Given game({first, first, first, second}, {first, second, second, second});
    const auto term = f_gan(row.divergence, "minimax", row.alpha);
    CHECK(-discriminator_value(*term, game) == near(row.f(3) / 4 + 3 * row.f(1.0 / 3) / 4));
  }
}

TEST_CASE("The gradients of f-GAN by the logits agree with differences", "[double]") {
  // D(x) = x with the samples as variables.
  for (const Row& row : kRows)
    for (const char* form : {"minimax", "alternative"}) {
      INFO(row.divergence << " " << row.alpha << " " << form);
      const auto term = f_gan(row.divergence, form, row.alpha);
      const auto objectives = [&](const Variables& v) {
        Given game({.5, -1, 2}, {-.5, 1, .25});
        game.generator.shift_by = v[0];
        game.enter(*term);
        return term->discriminator(game.round) + 2 * term->generator(game.round);
      };
      CHECK(worst_error(objectives, {Variable::leaf(full({1}, 0.1))}) < kBound);
    }
}

TEST_CASE("Composed conjugates stay exact where f* of the activation would overflow") {
  const auto conjugate = [](const char* divergence, double logit) {
    Given game({0}, {logit});
    return -generator_value(*f_gan(divergence), game);
  };
  CHECK(conjugate("jensen-shannon", 500) == near(500 - std::log(2)));
  CHECK(conjugate("jensen-shannon", -500) == near(-std::log(2)));
  CHECK(conjugate("gan", 500) == near(500));
  CHECK(conjugate("reverse-kl", 500) == near(499));
  // exp(1 - t) = exp(801): w + ln w = 801 by iteration.
  double w = 800;
  for (int i = 0; i < 50; ++i) w = 801 - std::log(w);
  CHECK(std::isinf(std::exp(801.0)));
  CHECK(conjugate("jeffrey", -800) == near(w + 1 / w - 802));
}

TEST_CASE("The alpha divergence is not defined for the Kullback-Leibler divergences") {
  CHECK(error_text<SpecError>([] { f_gan("alpha", "minimax", 1); }) ==
        "alpha: expected a number other than 0 and 1, found 1. Take divergence: kl.");
  CHECK(error_text<SpecError>([] { f_gan("alpha", "minimax", 0); }) ==
        "alpha: expected a number other than 0 and 1, found 0. Take divergence: reverse-kl.");
}

TEST_CASE("f-GAN says which divergence it bounds") {
  const SeriesInfo info = f_gan("alpha", "minimax", 3)->series()[0];
  CHECK(info.name == "divergence");
  CHECK(info.unit == "1");
  CHECK(info.attributes == std::vector<std::pair<std::string, std::string>>{
                               {"definition", "lower bound of E_generated f(real / generated)"},
                               {"divergence", "alpha"},
                               {"f", "(u^a - 1 - a (u - 1)) / (a (a - 1))"},
                               {"a", "3"}});
  CHECK(f_gan("kl")->series()[0].unit == "nats");
}

TEST_CASE("Wright's omega function solves its equation over the whole range") {
  for (const double x : {-30.0, -3.0, -1.0, 0.0, 0.5, 1.0, 2.0, 10.0, 1e4}) {
    INFO(x);
    const double w = double{wright_omega(Variable::constant(x)).item()};
    CHECK(w + std::log(w) == Approx(x).epsilon(kBound / 10).margin(kBound / 10));
  }
  CHECK(wright_omega(Variable::constant(0)).item() ==
        near(0.5671432904097838));  // the omega constant
  CHECK(wright_omega(Variable::constant(1)).item() == near(1));
  CHECK(wright_omega(Variable::constant(-60)).item() == near(std::exp(-60.0)));
  CHECK(wright_omega(Variable::constant(1e20)).item() == near(1e20));
  CHECK(std::isnan(wright_omega(Variable::constant(NAN)).item()));
}
