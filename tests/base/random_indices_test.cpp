#include <saddle/base/random.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

using namespace saddle;

TEST_CASE("Indices are drawn without repetition, pass after pass") {
  const RandomStream stream(3, "draw");
  const PoolVector<std::size_t> drawn = stream.indices(10, 25);
  REQUIRE(drawn.size() == 25);
  for (std::size_t pass = 0; pass < 2; ++pass) {
    std::vector<std::size_t> sorted(drawn.begin() + std::ptrdiff_t(10 * pass),
                                    drawn.begin() + std::ptrdiff_t(10 * pass + 10));
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::size_t> all(10);
    std::iota(all.begin(), all.end(), 0U);
    CHECK(sorted == all);
  }
  CHECK(!std::equal(drawn.begin(), drawn.begin() + 10, drawn.begin() + 10));
  const PoolVector<std::size_t> first = stream.indices(10, 7);
  CHECK(std::equal(first.begin(), first.end(), drawn.begin()));
}

TEST_CASE("Each order of three indices is drawn as often") {
  const int draws = 60000;
  std::array<int, 9> counts{};  // by the first two
  const RandomStream stream(5, "orders");
  for (int i = 0; i < draws; ++i) {
    const PoolVector<std::size_t> order = stream.at(i).indices(3, 3);
    ++counts[3 * order[0] + order[1]];
  }
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b)
      if (a == b)
        CHECK(counts[3 * a + b] == 0);
      else  // five standard deviations
        CHECK(std::abs(counts[3 * a + b] - draws / 6) < 5 * std::sqrt(draws * 5.0 / 36));
}
