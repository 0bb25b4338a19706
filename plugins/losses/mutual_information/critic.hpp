#pragma once

#include <saddle/saddle.hpp>

namespace saddle::mutual_information {

// A network of x and c beside each other, which scores pairs. Drawn apart are x_i and c_(i +
// shift): a derangement, since a permutation that leaves pairs together caps the bounds.
class ConcatCritic final : public Module {
 public:
  ConcatCritic(std::size_t dimension, std::size_t size, const nn::MlpOptions& options);
  // x [n, d], c [n, size], 0 < shift < n -> joint [n], product [n]
  bounds::Scores scores(const Variable& x, const Variable& c, std::size_t shift, Context& context);

 private:
  nn::Mlp& network_;
};

// The inner product of a network of x with one of c: all pairs of a batch for the price of 2 n.
class SeparableCritic final : public Module {
 public:
  SeparableCritic(std::size_t dimension, std::size_t size, std::size_t embedding,
                  const nn::MlpOptions& options);
  // Row i is x_i against all c: x [n, d], c [n, size] -> [n, n]
  Variable scores(const Variable& x, const Variable& c, Context& context);

 private:
  nn::Mlp& of_sample_;
  nn::Mlp& of_code_;
};

}  // namespace saddle::mutual_information
