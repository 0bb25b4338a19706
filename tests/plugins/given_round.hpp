#pragma once

#include <saddle/plugin/plugin.hpp>
#include <saddle/plugin/round.hpp>

namespace saddle::test {

// A round of given real samples [n, sample...] and latents [m, size], both players trained. The
// players must outlive it.
struct GivenRound {
  GivenRound(Generator& generator, Discriminator& discriminator, const Tensor& real,
             const Tensor& latent)
      : shapes{{row_shape(latent.shape())},
               {{"z", latent.shape(1)}},
               row_shape(real.shape()),
               row_shape(real.shape()),
               0},
        round({&generator, &discriminator, "generator 'given'", "discriminator 'given'", &shapes, 1,
               0, 1, true, true, 0, &streams,
               [real] {
                 return Batch{Variable(real), {}};
               },
               [latent] {
                 return Latent({{"z", Variable(latent)}});
               }}) {}

  RandomStream streams{1, ""};
  Shapes shapes;
  Round round;
};

}  // namespace saddle::test
