#include "dirac_game.hpp"
#include "experiment/player_series.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

using namespace saddle;
using testing::DiracGame;

namespace {

double gradient_norm(DiracGame& game, const std::string& player) {
  const std::vector<SeriesInfo> series = player_series(player);
  for (std::size_t i = 0; i < series.size(); ++i)
    if (series[i].name == "gradient-norm") return game.trainer().statistics(player)[i];
  return 0;
}

// One step of length 0.5 of the bilinear game from (theta, psi) = (3, 4), whose gradients are 4 and
// -3.
DiracGame& stepped(DiracGame& game) {
  game.place(3, 4);
  return game.run(1);
}

std::string clipped_by(const std::string& clip) {
  return "update: simultaneous, clip: " + clip + ", " + DiracGame::sgd(0.5);
}

}  // namespace

TEST_CASE("Gradients are clipped for each player, and logged as they were") {
  DiracGame both("{plugin: dirac-linear}", clipped_by("{norm: 2}"));
  stepped(both);
  CHECK(both.theta() == Approx(2));
  CHECK(both.psi() == Approx(5));
  CHECK(gradient_norm(both, "generator") == Approx(4));
  CHECK(gradient_norm(both, "discriminator") == Approx(3));

  DiracGame one("{plugin: dirac-linear}", clipped_by("{generator: {value: 1}}"));
  stepped(one);
  CHECK(one.theta() == Approx(2.5));
  CHECK(one.psi() == Approx(5.5));

  DiracGame exception("{plugin: dirac-linear}",
                      clipped_by("{value: 1, discriminator: {norm: 100}}"));
  stepped(exception);
  CHECK(exception.theta() == Approx(2.5));
  CHECK(exception.psi() == Approx(5.5));
}

// With gradients cut to -1, psi is psi + k h after k steps whatever theta: no answer to unroll.
TEST_CASE("The steps of an unrolled discriminator are clipped like those that it takes") {
  DiracGame game(
      "{plugin: dirac-linear}",
      "update: {unrolled: {steps: 3}}, clip: {discriminator: {value: 1}}, " + DiracGame::sgd(0.5));
  stepped(game);
  CHECK(game.theta() == Approx(3 - 0.5 * (4 + 3 * 0.5)));
  CHECK(game.psi() == Approx(4.5));
}

TEST_CASE("Two time scales are two learning rates") {
  DiracGame game("{plugin: dirac-linear}",
                 "update: simultaneous, optimizer: {generator: {sgd: {lr: 0.1}}, discriminator: "
                 "{sgd: {lr: 0.4}}}");
  stepped(game);
  CHECK(game.theta() == Approx(3 - 0.1 * 4));
  CHECK(game.psi() == Approx(4 + 0.4 * 3));
}
