#include "dirac_game.hpp"

#include <saddle/tensor/random.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace saddle;
using testing::DiracGame;

// Real samples are 0, so that what the discriminator sees of them is the noise.
TEST_CASE("Instance noise follows its schedule") {
  DiracGame game(
      "{plugin: bce}, {plugin: dirac-spy}",
      "instance_noise: {linear: {from: 1, to: 0.2, start: 2, end: 6}}, " + DiracGame::sgd(0.1));
  const double deviations[] = {1, 1, 0.8, 0.6, 0.4, 0.2, 0.2};
  for (int step = 1; step <= 7; ++step) {
    game.run(1);
    const Tensor z =
        random_normal(game.experiment().streams.child("instance-noise/real").at(step, 0), {4, 1});
    INFO("step " << step);
    CHECK(game.trainer().losses().at("dirac-spy/first") ==
          Approx(deviations[step - 1] * static_cast<double>(z(0, 0))));
  }
}
