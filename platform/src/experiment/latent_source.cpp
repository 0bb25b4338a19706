#include "experiment/latent_source.hpp"

#include <saddle/base/error.hpp>
#include <saddle/nn/embedding.hpp>
#include <saddle/tensor/random.hpp>

#include "info/truncated_normal.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace saddle {
namespace {

// One of `choices` for each row, with equal probability.
Indices choose(const RandomStream& stream, std::size_t choices, std::size_t count,
               std::size_t first_row) {
  Indices chosen;
  chosen.reserve(count);
  for (std::size_t row = 0; row < count; ++row)
    chosen.push_back(stream.below(static_cast<std::uint32_t>(first_row + row), choices));
  return chosen;
}

// [points, size] -> [n, size]
Tensor points_at(const Tensor& points, const Indices& chosen) {
  const std::size_t size = points.shape(1);
  Tensor out = empty({chosen.size(), size});
  for (std::size_t row = 0; row < chosen.size(); ++row)
    std::copy_n(points.data() + chosen[row] * size, size, out.data() + row * size);
  return out;
}

Tensor random_truncated(const RandomStream& stream, const Shape& shape, double bound,
                        std::size_t first_row) {
  Tensor out = empty(shape);
  PoolVector<double> row(shape[1]);
  for (std::size_t r = 0; r < shape[0]; ++r) {
    stream.uniforms(static_cast<std::uint32_t>(first_row + r), row.size(), row.data());
    for (std::size_t j = 0; j < row.size(); ++j)
      out(r, j) = static_cast<Scalar>(truncated_normal_quantile(row[j], bound));
  }
  return out;
}

// The choice of a row and its noise come from two streams.
Tensor random_mixture(const RandomStream& stream, const Tensor& points, double deviation,
                      std::size_t count, std::size_t first_row) {
  Tensor out =
      points_at(points, choose(stream.child("component"), points.shape(0), count, first_row));
  const Tensor noise = random_normal(stream.child("noise"), out.shape(), first_row);
  for (std::size_t i = 0; i < out.size(); ++i)
    out.data()[i] += static_cast<Scalar>(deviation) * noise.data()[i];
  return out;
}

}  // namespace

LatentSource::LatentSource(const Named<LatentChoice>& parts, const RandomStream& streams,
                           const Dataset& dataset)
    : dataset_(&dataset) {
  for (const auto& [name, choice] : parts) {
    Part part{name, choice, choice.size(dataset.classes()), zeros({0, 0})};
    const std::uint64_t points = choice.points();
    if (points > 0)
      part.points = random_normal(streams.child("codebook").child(name), {points, part.size});
    parts_.push_back(std::move(part));
  }
}

std::vector<LatentPart> LatentSource::parts() const {
  std::vector<LatentPart> found;
  for (const Part& part : parts_)
    found.push_back({part.name, part.size, part.choice.law(), part.choice.entropy()});
  return found;
}

const Tensor& LatentSource::points(const std::string& name) const {
  const auto found = std::find_if(parts_.begin(), parts_.end(),
                                  [&](const Part& part) { return part.name == name; });
  assert(found != parts_.end());
  return found->points;
}

Labels LatentSource::draw_labels(const RandomStream& stream, std::size_t count,
                                 std::size_t first_row) const {
  const Labels drawn = dataset_->labels(
      Split::train, choose(stream, dataset_->size(Split::train), count, first_row));
  const auto known = [&](std::int32_t label) {
    return label >= 0 && static_cast<std::size_t>(label) < dataset_->classes();
  };
  if (drawn.size() != count || !std::all_of(drawn.begin(), drawn.end(), known))
    throw PluginError("it must give one of its " + std::to_string(dataset_->classes()) +
                      " classes for each of its samples.");
  return drawn;
}

Tensor LatentSource::draw_part(const Part& part, const RandomStream& stream, std::size_t count,
                               std::size_t first_row) const {
  const LatentChoice& choice = part.choice;
  const Shape shape{count, part.size};
  if (choice.uniform)
    return random_uniform(stream, shape, choice.uniform->low, choice.uniform->high, first_row);
  if (choice.truncated) return random_truncated(stream, shape, choice.truncated->bound, first_row);
  if (choice.categorical) {
    const Indices chosen = choose(stream, part.size, count, first_row);
    return nn::one_hot(Labels(chosen.begin(), chosen.end()), part.size);
  }
  if (choice.codebook)
    return points_at(part.points, choose(stream, part.points.shape(0), count, first_row));
  if (choice.mixture)
    return random_mixture(stream, part.points, choice.mixture->deviation, count, first_row);
  return random_normal(stream, shape, first_row);
}

Latent LatentSource::draw(const RandomStream& stream, std::size_t count,
                          std::size_t first_row) const {
  Latent::Parts drawn;
  Labels labels;
  for (const Part& part : parts_) {
    const RandomStream own = stream.child(part.name);
    if (part.choice.label) labels = draw_labels(own, count, first_row);
    drawn.emplace_back(part.name,
                       Variable(part.choice.label ? nn::one_hot(labels, part.size)
                                                  : draw_part(part, own, count, first_row)));
  }
  return Latent(std::move(drawn), std::move(labels));
}

}  // namespace saddle
