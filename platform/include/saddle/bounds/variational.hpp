#pragma once

#include <saddle/base/schema.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saddle::bounds {

// How a critic is trained for an estimate (the defaults' shape after Czyz et al. 2023, "Beyond
// Normal", with a rate that is steadier than theirs of 0.1, and more looks).
struct VariationalOptions {
  std::vector<std::size_t> hidden = {64, 32};
  double learning_rate = 0.001;
  std::size_t batch = 256, steps = 10000;
  // A critic of few pairs begins to overfit within some hundred steps.
  std::size_t every = 50, patience = 5;
  // Heavy tails drown a critic of z-scores.
  std::string inputs = "ranks";
  std::uint64_t seed = 1;
  static void describe(Schema& schema);
};

// The bounds of `mutual_information.hpp` that have an estimator: "donsker-varadhan", "mine", "nwj",
// "info-nce", "jensen-shannon", "smile", "kl-dime", "gan-dime", "club". (TUBA's baseline is part of
// the critic once both are trained: it is "nwj" then.)
const std::vector<std::string>& variational_names();

// The estimate of I(x; y) in nats by the bound of this name, from pairs x [n, dx], y [n, dy]. A
// critic learns from one half of the pairs; the other half says when to stop and gives the value of
// the weights that did best on it, which makes it a little too high where nothing is to be found.
// Pairs drawn apart come from derangements of a batch: a plain permutation leaves some pairs
// together, and so lowers what a bound can reach.
//
// The critic is a network of (x, y) side by side; that of "info-nce" a product of one network of x
// and one of y, so that a batch gives all its pairs. "jensen-shannon" trains by its bound and has
// the value of NWJ, as "smile", "kl-dime" and "gan-dime" have values other than their objectives,
// which say when to stop. "club" learns a Gaussian q(y | x) and is an upper bound only as far as
// that is right. The same at every number of threads.
//
// Throws SpecError for an unknown name and DataError for fewer than `kVariationalRows` pairs.
inline constexpr std::size_t kVariationalRows = 20;
// More held-out pairs than this make the value no truer than the critic is.
inline constexpr std::size_t kMostHeldOut = 10000;
double variational_information(const std::string& name, const Matrix& x, const Matrix& y,
                               const VariationalOptions& options = {});

}  // namespace saddle::bounds
