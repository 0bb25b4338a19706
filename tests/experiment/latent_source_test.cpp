#include "experiment/latent_source.hpp"

#include <saddle/saddle.hpp>

#include "info/truncated_normal.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

using namespace saddle;

namespace {

// Ten samples: seven of class 0, none of class 1, three of class 2.
class Labelled final : public Dataset {
 public:
  Shape sample_shape() const override { return {1}; }
  std::size_t size(Split) const override { return 10; }
  Tensor samples(Split, const Indices& indices) const override {
    return zeros({indices.size(), 1});
  }
  std::size_t classes() const override { return 3; }
  Labels labels(Split, const Indices& indices) const override {
    Labels found;
    for (const std::size_t index : indices) found.push_back(index < 7 ? 0 : 2);
    return found;
  }
};

const RandomStream kStreams(11, "");
const Labelled kData;

LatentSource source(const LatentChoice& choice) {
  return LatentSource({{"part", choice}}, kStreams, kData);
}

Tensor draw(const LatentChoice& choice, std::size_t count, std::size_t first_row = 0) {
  return source(choice).draw(kStreams.child("latent").at(3), count, first_row).part("part").value();
}

template <class Law>
LatentChoice choice(std::optional<Law> LatentChoice::*member, Law law) {
  LatentChoice made;
  made.*member = std::move(law);
  return made;
}

const LatentChoice kNormal = choice(&LatentChoice::normal, {2}),
                   kUniform = choice(&LatentChoice::uniform, {2, 1, 3}),
                   kTruncated = choice(&LatentChoice::truncated, {2, 0.5}),
                   kCategorical = choice(&LatentChoice::categorical, {4}),
                   kMixture = choice(&LatentChoice::mixture, {2, 3, 0.001}),
                   kCodebook = choice(&LatentChoice::codebook, {2, 3}),
                   kLabel = choice(&LatentChoice::label, {});

// The place of the only 1 of each row of zeros.
std::vector<std::size_t> hot(const Tensor& rows) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < rows.shape(0); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < rows.shape(1); ++j) {
      sum += static_cast<double>(rows(i, j));
      if (rows(i, j) == 1) places.push_back(j);
    }
    CHECK(sum == 1);
  }
  REQUIRE(places.size() == rows.shape(0));
  return places;
}

}  // namespace

TEST_CASE("Rows of a latent depend on their number alone, under every law") {
  for (const LatentChoice& law :
       {kNormal, kUniform, kTruncated, kCategorical, kMixture, kCodebook, kLabel}) {
    INFO(law.law());
    const Tensor whole = draw(law, 6), part = draw(law, 2, 4);
    for (std::size_t i = 0; i < part.size(); ++i)
      CHECK(part.data()[i] == whole.data()[4 * whole.shape(1) + i]);
  }
}

TEST_CASE("Parts of a latent say their size and law") {
  const std::vector<LatentPart> parts =
      LatentSource({{"z", kTruncated}, {"c", kCategorical}, {"y", kLabel}}, kStreams, kData)
          .parts();
  CHECK(parts[0].law == "truncated");
  CHECK(parts[1].law == "categorical");
  CHECK(parts[1].size == 4);
  CHECK(parts[2].law == "label");
  CHECK(parts[2].size == 3);
}

TEST_CASE("Parts of a latent know the entropy of their law where a formula gives it") {
  const auto entropy = [](const LatentChoice& law) { return law.entropy(); };
  const double pi = std::acos(-1.0);
  CHECK(*entropy(kNormal) == Approx(std::log(2 * pi * std::exp(1.0))));
  CHECK(*entropy(kUniform) == Approx(2 * std::log(2.0)));
  CHECK(*entropy(kCategorical) == Approx(std::log(4.0)));
  CHECK(*entropy(kCodebook) == Approx(std::log(3.0)));
  CHECK_FALSE(entropy(kMixture));
  CHECK_FALSE(entropy(kLabel));
  // -E ln p of two coordinates, by the midpoint rule on [-1/2, 1/2].
  const double share = std::erf(0.5 / std::sqrt(2.0));
  double expected = 0;
  const int cells = 10000;
  for (int i = 0; i < cells; ++i) {
    const double x = -0.5 + (i + 0.5) / cells;
    const double density = std::exp(-x * x / 2) / std::sqrt(2 * pi) / share;
    expected -= 2 * density * std::log(density) / cells;
  }
  CHECK(*entropy(kTruncated) == Approx(expected).margin(1e-8));
}

TEST_CASE("The quantile of a truncated normal inverts its distribution") {
  // P(x <= q) = (1 + erf(q / sqrt 2) / erf(bound / sqrt 2)) / 2
  for (const double p : {0.001, 0.3, 0.5, 0.9}) {
    const double q = truncated_normal_quantile(p, 1.5);
    CHECK((1 + std::erf(q / std::sqrt(2.0)) / std::erf(1.5 / std::sqrt(2.0))) / 2 == Approx(p));
  }
  CHECK(truncated_normal_quantile(0.5, 2) == 0);
  // The table of the normal distribution, and the bound itself in the limit.
  CHECK(truncated_normal_quantile(0.975, 50) == Approx(1.959963984540054).epsilon(1e-12));
  CHECK(truncated_normal_quantile(1 - 1e-12, 2) == Approx(2).epsilon(1e-9));
  CHECK(truncated_normal_quantile(1e-12, 2) == Approx(-2).epsilon(1e-9));
}

// Var = 1 - 2 b phi(b) / (2 Phi(b) - 1) is 0.0806 for b = 1/2; the standard error of the mean of
// 2 x 2,000 numbers is 0.0045, so that five of them are 0.022; of the mean square 0.0011.
TEST_CASE("A truncated part stays within its bound and has its moments") {
  const Tensor rows = draw(kTruncated, 2000);
  double sum = 0, squares = 0;
  for (const Scalar x : rows) {
    CHECK(std::abs(x) <= 0.5);
    sum += static_cast<double>(x);
    squares += static_cast<double>(x * x);
  }
  CHECK(std::abs(sum / 4000) < 0.022);
  CHECK(std::abs(squares / 4000 - 0.0806) < 0.006);
}

// 400 draws; each category is missed with probability (3/4)^400.
TEST_CASE("A categorical part is one-hot and meets every category") {
  const std::vector<std::size_t> categories = hot(draw(kCategorical, 400));
  CHECK(std::set<std::size_t>(categories.begin(), categories.end()).size() == 4);
}

TEST_CASE("A codebook has its entries and no more, the same at each step") {
  std::set<std::vector<Scalar>> points;
  const LatentSource codebook = source(kCodebook);
  for (const std::int64_t step : {1, 2}) {
    const Tensor rows = codebook.draw(kStreams.child("latent").at(step), 200).part("part").value();
    for (std::size_t i = 0; i < 200; ++i) points.insert({rows(i, 0), rows(i, 1)});
  }
  CHECK(points.size() == 3);
}

// Numbers of a normal distribution beyond five deviations: 6e-7 of them.
TEST_CASE("A mixture lies about its points") {
  const Tensor rows = draw(kMixture, 200), points = draw(kCodebook, 200);
  for (std::size_t i = 0; i < 200; ++i) {
    double nearest = 1e9;
    for (std::size_t k = 0; k < 200; ++k)
      nearest = std::min(nearest, std::hypot(static_cast<double>(rows(i, 0) - points(k, 0)),
                                             static_cast<double>(rows(i, 1) - points(k, 1))));
    CHECK(nearest < 0.01);
    CHECK(nearest > 0);
  }
}

// The labels of samples that the part's own stream names. Their frequencies follow.
TEST_CASE("A label part is drawn from the training labels") {
  const Latent latent = source(kLabel).draw(kStreams.child("latent").at(3), 1000);
  const std::vector<std::size_t> classes = hot(latent.part("part").value());
  const RandomStream own = kStreams.child("latent").at(3).child("part");
  for (std::size_t i = 0; i < 1000; ++i) {
    CHECK(classes[i] == (own.below(static_cast<std::uint32_t>(i), 10) < 7 ? 0 : 2));
    CHECK(static_cast<std::size_t>(latent.labels()[i]) == classes[i]);
  }
  // 1,000 draws of probability 0.7 have a deviation of 14.5; five of them.
  CHECK(std::abs(std::count(classes.begin(), classes.end(), 0) - 700) < 73);
  CHECK(source(kNormal).draw(kStreams, 3).labels().empty());
}
