#include "experiment/latent_edit.hpp"

#include <saddle/saddle.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using saddle::testing::error_text;

namespace {

// Samples of three classes, of which only the second comes.
class Labelled final : public Dataset {
 public:
  Shape sample_shape() const override { return {1}; }
  std::size_t size(Split) const override { return 4; }
  Tensor samples(Split, const Indices& indices) const override {
    return zeros({indices.size(), 1});
  }
  std::size_t classes() const override { return 3; }
  Labels labels(Split, const Indices& indices) const override { return Labels(indices.size(), 1); }
};

const RandomStream kStreams(5, "");
const Labelled kData;

LatentSource all_laws() {
  LatentChoice normal, uniform, categorical, codebook, label;
  normal.normal = {2};
  uniform.uniform = {1};
  categorical.categorical = {3};
  codebook.codebook = {2, 4};
  label.label.emplace();
  return LatentSource(
      {{"z", normal}, {"u", uniform}, {"c", categorical}, {"b", codebook}, {"y", label}}, kStreams,
      kData);
}

const LatentSource kSource = all_laws();

Latent draw(std::size_t count) { return kSource.draw(kStreams.child("latent"), count); }

std::vector<double> row(const Latent& latent, const char* part, std::size_t index) {
  const Tensor& x = latent.part(part).value();
  std::vector<double> found;
  for (std::size_t j = 0; j < x.shape(1); ++j) found.push_back(static_cast<double>(x(index, j)));
  return found;
}

std::string refusal(const std::vector<std::string>& settings) {
  return error_text<SpecError>([&] { LatentEdit(settings, kSource); });
}

using Row = std::vector<double>;

}  // namespace

TEST_CASE("Parts are held at numbers, and the others stay as drawn") {
  const Latent drawn = draw(3), held = LatentEdit({"z=[0.5, -1]", "u=2"}, kSource).apply(drawn, 0);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(row(held, "z", i) == Row{0.5, -1});
    CHECK(row(held, "u", i) == Row{2});
    for (const char* part : {"c", "b", "y"}) CHECK(row(held, part, i) == row(drawn, part, i));
  }
  CHECK(row(LatentEdit({"z=3"}, kSource).apply(drawn, 0), "z", 2) == Row{3, 3});
}

TEST_CASE("A part that is one of several is held by its number, labels with it") {
  const Latent held = LatentEdit({"c=2", "b=1", "y=0"}, kSource).apply(draw(2), 0);
  const Tensor& points = kSource.points("b");
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(row(held, "c", i) == Row{0, 0, 1});
    CHECK(row(held, "b", i) ==
          Row{static_cast<double>(points(1, 0)), static_cast<double>(points(1, 1))});
    CHECK(row(held, "y", i) == Row{1, 0, 0});
    CHECK(held.labels()[i] == 0);
  }
}

TEST_CASE("Each of several comes in turns, by the number of the row") {
  const Latent held = LatentEdit({"c=each", "y=each"}, kSource).apply(draw(3), 512);
  // 512 = 2 mod 3
  CHECK(row(held, "c", 0) == Row{0, 0, 1});
  CHECK(row(held, "c", 1) == Row{1, 0, 0});
  CHECK(row(held, "y", 2) == Row{0, 1, 0});
  CHECK(held.labels() == Labels{2, 0, 1});
}

TEST_CASE("Settings that do not fit the latent are refused") {
  CHECK(refusal({"c"}) == "--latent c: expected PART=VALUE, as in c=3 or z=[0.5, -1].");
  CHECK(refusal({"label=1"}) ==
        "--latent label=1: the latent of this run has no part 'label'. Its parts are: z, u, c, b, "
        "y.");
  for (const char* value : {"3", "-1", "0.5", "nan", "[1]", "all"})
    CHECK(
        refusal({std::string("c=") + value}) ==
        std::string("--latent c=") + value +
            ": part 'c' (categorical) is one of 3; expected a whole number from 0 to 2, or each.");
  for (const char* value : {"[1]", "[1, 2, 3]", "[1, a]", "inf", "each", "", "{a: 1}"})
    CHECK(refusal({std::string("z=") + value}) ==
          std::string("--latent z=") + value +
              ": part 'z' (normal) holds 2 numbers; expected one for all of them, or a list of 2.");
  CHECK(refusal({"u=1", "u=2"}) == "--latent u=2: part 'u' was given before. Give it once.");
}

// From (1, 0) to (0, 2), half way the direction is (1, 1) / sqrt(2) and the length 1.5.
TEST_CASE("A path goes on a great circle where the part is normal, straight where it is uniform") {
  Latent ends = LatentEdit({"c=1", "y=2"}, kSource).apply(draw(2), 0);
  Latent::Parts parts(ends.parts());
  parts[0].second = Variable(tensor({2, 2}, {1, 0, 0, 2}));
  parts[1].second = Variable(tensor({2, 1}, {-1, 1}));
  ends = Latent(std::move(parts), ends.labels());
  const Latent path = path_between(ends, kSource.parts(), 3, 0, 5);
  const double half = 1.5 * std::sqrt(0.5);
  CHECK(path.count() == 5);
  CHECK(row(path, "z", 0)[0] == Approx(1));
  CHECK(row(path, "z", 0)[1] == Approx(0).margin(1e-7));
  CHECK(row(path, "z", 1)[0] == Approx(half));
  CHECK(row(path, "z", 1)[1] == Approx(half));
  for (std::size_t beyond = 2; beyond < 5; ++beyond) {
    CHECK(row(path, "z", beyond)[0] == Approx(0).margin(1e-7));
    CHECK(row(path, "z", beyond)[1] == Approx(2));
  }
  CHECK(row(path, "u", 0) == Row{-1});
  CHECK(row(path, "u", 1)[0] == Approx(0).margin(1e-7));
  CHECK(row(path, "u", 2) == Row{1});
  for (std::size_t i = 0; i < 5; ++i) {
    for (const char* part : {"c", "b", "y"}) CHECK(row(path, part, i) == row(ends, part, 0));
    CHECK(path.labels()[i] == 2);
  }
}

TEST_CASE("A path between latents on one line goes straight, and one of one step stays") {
  Latent::Parts parts;
  parts.emplace_back("z", Variable(tensor({2, 2}, {1, 1, -1, -1})));
  const Latent ends(std::move(parts));
  const std::vector<LatentPart> laws = {{"z", 2, "normal"}};
  const Latent path = path_between(ends, laws, 5, 1, 2);
  CHECK(row(path, "z", 0) == Row{0.5, 0.5});
  CHECK(row(path, "z", 1) == Row{0, 0});
  CHECK(row(path_between(ends, laws, 1, 0, 1), "z", 0) == Row{1, 1});
}
