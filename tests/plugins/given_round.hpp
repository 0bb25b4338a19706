#pragma once

#include <saddle/plugin/plugin.hpp>
#include <saddle/plugin/round.hpp>

namespace saddle::test {

// A round of given real samples [n, sample...] and latent parts [m, size], both players trained.
// The players must outlive it.
struct GivenRound {
  GivenRound(Generator& generator, Discriminator& discriminator, const Tensor& real,
             const Latent::Parts& latent)
      : shapes(shapes_of(real, latent)),
        round({&generator, &discriminator, "generator 'given'", "discriminator 'given'", &shapes, 1,
               0, 1, true, true, false, 0, &streams,
               [real] {
                 return Batch{Variable(real), {}};
               },
               [latent] { return Latent(latent); }}) {}
  // With one part, "z".
  GivenRound(Generator& generator, Discriminator& discriminator, const Tensor& real,
             const Tensor& latent)
      : GivenRound(generator, discriminator, real, Latent::Parts{{"z", Variable(latent)}}) {}

  static Shapes shapes_of(const Tensor& real, const Latent::Parts& latent) {
    Shapes shapes{{0}, {}, row_shape(real.shape()), row_shape(real.shape()), 0};
    for (const auto& [name, value] : latent) {
      shapes.parts.push_back({std::string(name), value.shape()[1]});
      shapes.latent[0] += value.shape()[1];
    }
    return shapes;
  }

  RandomStream streams{1, ""};
  Shapes shapes;
  Round round;
};

}  // namespace saddle::test
