#include "experiment/latent_choice.hpp"

#include <saddle/tensor/random.hpp>

#include <algorithm>

namespace saddle {
namespace {

constexpr double kLargestPart = 1 << 20;

template <class Part>
void describe_size(Schema& s) {
  s.shorthand("size");
  s.field(&Part::size, "size", "numbers in each row").range(1, kLargestPart).required();
}

// Each row is one entry of the codebook, drawn with equal probability.
Tensor choose(const Tensor& codebook, const RandomStream& stream, std::size_t count,
              std::size_t first_row) {
  const std::size_t size = codebook.shape(1);
  Tensor out = empty({count, size});
  for (std::size_t row = 0; row < count; ++row) {
    const std::uint64_t entry =
        stream.below(static_cast<std::uint32_t>(first_row + row), codebook.shape(0));
    std::copy_n(codebook.data() + entry * size, size, out.data() + row * size);
  }
  return out;
}

}  // namespace

void LatentChoice::Normal::describe(Schema& s) { describe_size<Normal>(s); }

void LatentChoice::Uniform::describe(Schema& s) {
  describe_size<Uniform>(s);
  s.field(&Uniform::low, "low", "lower end").range(-1e6, 1e6);
  s.field(&Uniform::high, "high", "upper end").range(-1e6, 1e6);
}

void LatentChoice::Codebook::describe(Schema& s) {
  describe_size<Codebook>(s);
  s.field(&Codebook::entries, "entries", "points in the codebook").range(1, kLargestPart);
}

void LatentChoice::describe(Schema& s) {
  s.one_of();
  s.field(&LatentChoice::normal, "normal", "N(0, 1) in each coordinate");
  s.field(&LatentChoice::uniform, "uniform", "uniform on [low, high] in each coordinate");
  s.field(&LatentChoice::codebook, "codebook", "one of a fixed set of N(0, 1) points");
}

std::size_t LatentChoice::size() const {
  if (normal) return normal->size;
  if (uniform) return uniform->size;
  return codebook ? codebook->size : 0;
}

LatentSource::LatentSource(const Named<LatentChoice>& parts, const RandomStream& streams) {
  for (const auto& [name, choice] : parts) {
    Part part{name, choice, zeros({0, choice.size()})};
    if (choice.codebook)
      part.codebook = random_normal(streams.child("codebook").child(name),
                                    {choice.codebook->entries, choice.codebook->size});
    parts_.push_back(std::move(part));
  }
}

std::vector<LatentPart> LatentSource::parts() const {
  std::vector<LatentPart> found;
  for (const Part& part : parts_) found.push_back({part.name, part.choice.size()});
  return found;
}

Latent LatentSource::draw(const RandomStream& stream, std::size_t count,
                          std::size_t first_row) const {
  Latent::Parts drawn;
  for (const Part& part : parts_) {
    const RandomStream own = stream.child(part.name);
    const Shape shape{count, part.choice.size()};
    Tensor value = part.choice.codebook  ? choose(part.codebook, own, count, first_row)
                   : part.choice.uniform ? random_uniform(own, shape, part.choice.uniform->low,
                                                          part.choice.uniform->high, first_row)
                                         : random_normal(own, shape, first_row);
    drawn.emplace_back(part.name, Variable(std::move(value)));
  }
  return Latent(std::move(drawn));
}

}  // namespace saddle
