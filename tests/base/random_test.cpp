#include <saddle/base/random.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using saddle::RandomStream;

TEST_CASE("A stream gives the same numbers at the same place, and others elsewhere") {
  const RandomStream stream(1, "latent");
  const auto draw = [](const RandomStream& s, std::uint32_t row) {
    double value = 0;
    s.uniforms(row, 1, &value);
    return value;
  };
  CHECK(draw(stream, 0) == draw(RandomStream(1, "latent"), 0));
  CHECK(draw(stream, 0) != draw(stream, 1));
  CHECK(draw(stream, 0) != draw(stream.at(1), 0));
  CHECK(draw(stream.at(1), 0) != draw(stream.at(1, 1), 0));
  CHECK(draw(stream, 0) != draw(RandomStream(2, "latent"), 0));
  CHECK(draw(stream, 0) != draw(stream.child("z"), 0));
  CHECK(draw(stream.child("z"), 0) == draw(RandomStream(1, "latent/z"), 0));
}

TEST_CASE("A prefix of a row does not depend on the row's length") {
  const RandomStream stream(3, "noise");
  std::vector<double> three(3), nine(9);
  stream.normals(5, 3, three.data());
  stream.normals(5, 9, nine.data());
  for (std::size_t i = 0; i < 3; ++i) CHECK(three[i] == nine[i]);
}

TEST_CASE("Normal numbers are those of Box and Muller, and the same in rows of any number") {
  const RandomStream stream(5, "pairs");
  constexpr std::size_t kColumns = 6;
  const std::vector<std::uint32_t> rows = [] {
    std::vector<std::uint32_t> some;
    for (std::uint32_t i = 0; i < 3001; ++i) some.push_back(7 * i + 1);
    return some;
  }();
  std::vector<double> all(rows.size() * kColumns), one(kColumns), uniform(kColumns);
  stream.normals(rows.data(), rows.size(), kColumns, all.data());
  double worst = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    stream.normals(rows[r], kColumns, one.data());
    stream.uniforms(rows[r], kColumns, uniform.data());
    for (std::size_t j = 0; j < kColumns; j += 2) {
      CHECK((one[j] == all[r * kColumns + j] && one[j + 1] == all[r * kColumns + j + 1]));
      const double radius = std::sqrt(-2 * std::log(uniform[j]));
      const double angle = 2 * std::acos(-1.0) * uniform[j + 1];
      worst = std::max({worst, std::abs(one[j] - radius * std::cos(angle)),
                        std::abs(one[j + 1] - radius * std::sin(angle))});
    }
  }
  // 18,006 numbers of which the largest is about 4.
  CHECK(worst < 1e-14);
}

TEST_CASE("Normal numbers have the moments of N(0, 1) within five standard errors") {
  const RandomStream stream(7, "normal");
  constexpr std::size_t kRows = 1000, kColumns = 100;
  double sum = 0, squares = 0, fourth = 0;
  std::vector<double> row(kColumns);
  for (std::uint32_t r = 0; r < kRows; ++r) {
    stream.normals(r, kColumns, row.data());
    for (const double x : row) {
      sum += x;
      squares += x * x;
      fourth += x * x * x * x;
    }
  }
  const double n = kRows * kColumns;
  CHECK(std::abs(sum / n) < 5 / std::sqrt(n));
  CHECK(std::abs(squares / n - 1) < 5 * std::sqrt(2 / n));
  CHECK(std::abs(fourth / n - 3) < 5 * std::sqrt(96 / n));
}

TEST_CASE("Integers below n are uniform") {
  const RandomStream stream(7, "below");
  std::vector<int> counts(3);
  for (std::uint32_t row = 0; row < 30000; ++row) ++counts[stream.below(row, 3)];
  for (const int count : counts) CHECK(std::abs(count - 10000) < 5 * std::sqrt(30000 * 2.0 / 9));
}
