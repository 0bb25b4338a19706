#include <saddle/plugin/mixture_dataset.hpp>

#include "tensor/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace saddle {
namespace {

constexpr double kLogTwoPi = 1.83787706640934548356;
// Rows that one thread draws at a time.
constexpr std::size_t kGrain = 256;

}  // namespace

MixtureDataset::MixtureDataset(Modes modes, std::size_t points, const DataSource& source)
    : modes_(std::move(modes)),
      cumulative_(modes_.weights.size()),
      points_(points),
      train_{source.stream().child("train/mode"), source.stream().child("train/noise")},
      test_{source.stream().child("test/mode"), source.stream().child("test/noise")} {
  std::partial_sum(modes_.weights.begin(), modes_.weights.end(), cumulative_.begin());
}

MixtureDataset::~MixtureDataset() = default;

Shape MixtureDataset::sample_shape() const { return {modes_.centres.shape(1)}; }
std::size_t MixtureDataset::size(Split) const { return points_; }
std::size_t MixtureDataset::classes() const { return modes_.weights.size(); }
std::optional<Modes> MixtureDataset::modes() const { return modes_; }

const MixtureDataset::Streams& MixtureDataset::streams(Split split) const {
  return split == Split::train ? train_ : test_;
}

// The first mode whose cumulative weight is not below a uniform number: by halves, without
// branches, which no processor could foresee.
std::size_t MixtureDataset::mode_of(Split split, std::size_t index) const {
  double u = 0;
  streams(split).mode.uniforms(static_cast<std::uint32_t>(index), 1, &u);
  const double wanted = u * cumulative_.back();
  std::size_t first = 0;
  for (std::size_t count = cumulative_.size(), half = 0; count > 1; count -= half) {
    half = count / 2;
    first += half * static_cast<std::size_t>(cumulative_[first + half - 1] < wanted);
  }
  return first;
}

Tensor MixtureDataset::samples(Split split, const Indices& indices) const {
  const std::size_t dimension = modes_.centres.shape(1);
  Tensor out = empty({indices.size(), dimension});
  const RandomStream& noise = streams(split).noise;
  kernels::for_ranges(indices.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    const PoolVector<std::uint32_t> rows(indices.data() + begin, indices.data() + end);
    PoolVector<double> normal(rows.size() * dimension);
    noise.normals(rows.data(), rows.size(), dimension, normal.data());
    for (std::size_t row = begin; row < end; ++row) {
      const std::size_t mode = mode_of(split, indices[row]);
      for (std::size_t j = 0; j < dimension; ++j)
        out(row, j) =
            static_cast<Scalar>(static_cast<double>(modes_.centres(mode, j)) +
                                modes_.sigmas[mode] * normal[(row - begin) * dimension + j]);
    }
  });
  return out;
}

Labels MixtureDataset::labels(Split split, const Indices& indices) const {
  Labels found(indices.size());
  kernels::for_ranges(indices.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      found[row] = static_cast<std::int32_t>(mode_of(split, indices[row]));
  });
  return found;
}

std::optional<std::vector<double>> MixtureDataset::log_density(const Tensor& x) const {
  const std::size_t dimension = modes_.centres.shape(1), count = modes_.weights.size();
  std::vector<double> densities, terms(count);
  for (std::size_t row = 0; row < x.shape(0); ++row) {
    for (std::size_t k = 0; k < count; ++k) {
      double squares = 0;
      for (std::size_t j = 0; j < dimension; ++j)
        squares += std::pow(double{x(row, j)} - double{modes_.centres(k, j)}, 2);
      const double sigma = modes_.sigmas[k];
      terms[k] = std::log(modes_.weights[k]) - squares / (2 * sigma * sigma) -
                 static_cast<double>(dimension) * (std::log(sigma) + kLogTwoPi / 2);
    }
    const double largest = *std::max_element(terms.begin(), terms.end());
    double sum = 0;
    for (const double term : terms) sum += std::exp(term - largest);
    densities.push_back(largest + std::log(sum));
  }
  return densities;
}

}  // namespace saddle
