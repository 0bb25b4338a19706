#include "experiment/latent_choice.hpp"

#include <cmath>

namespace saddle {
namespace {

constexpr double kLargestPart = 1 << 20;
constexpr double kLogTwoPi = 1.83787706640934548356;
constexpr double kNormalEntropy = 1.41893853320467274178;  // ln(2 pi e) / 2

// Of N(0, 1) given that it lies in [-b, b]: with Z = erf(b / sqrt 2) and the density phi,
//   ln(2 pi e) / 2 + ln Z - b phi(b) / Z
double truncated_entropy(double bound) {
  const double share = std::erf(bound / std::sqrt(2.0));
  const double density = std::exp(-(bound * bound + kLogTwoPi) / 2);
  return kNormalEntropy + std::log(share) - bound * density / share;
}

template <class Part>
void describe_size(Schema& s, const char* doc = "numbers in each row") {
  s.shorthand("size");
  s.field(&Part::size, "size", doc).range(1, kLargestPart).required();
}

}  // namespace

void LatentChoice::Normal::describe(Schema& s) { describe_size<Normal>(s); }

void LatentChoice::Uniform::describe(Schema& s) {
  describe_size<Uniform>(s);
  s.field(&Uniform::low, "low", "lower end").range(-1e6, 1e6);
  s.field(&Uniform::high, "high", "upper end").range(-1e6, 1e6);
}

void LatentChoice::Truncated::describe(Schema& s) {
  describe_size<Truncated>(s);
  s.field(&Truncated::bound, "bound", "largest size of a number").range(1e-6, 1e6);
}

void LatentChoice::Categorical::describe(Schema& s) {
  describe_size<Categorical>(s, "categories, each a number of a row");
}

void LatentChoice::Mixture::describe(Schema& s) {
  describe_size<Mixture>(s);
  s.field(&Mixture::components, "components", "points that it is drawn about")
      .range(1, kLargestPart);
  s.field(&Mixture::deviation, "deviation", "standard deviation about them").range(0, 1e6);
}

void LatentChoice::Codebook::describe(Schema& s) {
  describe_size<Codebook>(s);
  s.field(&Codebook::entries, "entries", "points in the codebook").range(1, kLargestPart);
}

void LatentChoice::describe(Schema& s) {
  s.one_of();
  s.field(&LatentChoice::normal, "normal", "N(0, 1) in each coordinate");
  s.field(&LatentChoice::uniform, "uniform", "uniform on [low, high] in each coordinate");
  s.field(&LatentChoice::truncated, "truncated",
          "N(0, 1) in each coordinate, given that it lies in [-bound, bound]");
  s.field(&LatentChoice::categorical, "categorical", "one-hot, with equal probabilities");
  s.field(&LatentChoice::mixture, "mixture", "normal about one of a fixed set of N(0, 1) points");
  s.field(&LatentChoice::codebook, "codebook", "one of a fixed set of N(0, 1) points");
  s.field(&LatentChoice::label, "label",
          "the class that a sample is asked for, one-hot, as often as in the training data; the "
          "discriminator gets it with the sample");
}

std::string LatentChoice::law() const {
  if (uniform) return "uniform";
  if (truncated) return "truncated";
  if (categorical) return "categorical";
  if (mixture) return "mixture";
  if (codebook) return "codebook";
  return label ? "label" : "normal";
}

std::size_t LatentChoice::size(std::size_t classes) const {
  if (normal) return normal->size;
  if (uniform) return uniform->size;
  if (truncated) return truncated->size;
  if (categorical) return categorical->size;
  if (mixture) return mixture->size;
  if (codebook) return codebook->size;
  return label ? classes : 0;
}

std::uint64_t LatentChoice::points() const {
  if (codebook) return codebook->entries;
  return mixture ? mixture->components : 0;
}

std::optional<double> LatentChoice::entropy() const {
  const auto times = [](std::uint64_t size, double each) {
    return static_cast<double>(size) * each;
  };
  if (normal) return times(normal->size, kNormalEntropy);
  if (uniform) return times(uniform->size, std::log(uniform->high - uniform->low));
  if (truncated) return times(truncated->size, truncated_entropy(truncated->bound));
  if (categorical) return std::log(static_cast<double>(categorical->size));
  if (codebook) return std::log(static_cast<double>(codebook->entries));
  return std::nullopt;
}

}  // namespace saddle
