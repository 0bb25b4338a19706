#include "bounds/pairs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace saddle;
using namespace saddle::bounds;

namespace {

bool holds_each_once(Rows rows) {
  std::sort(rows.begin(), rows.end());
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i] != i) return false;
  return true;
}

}  // namespace

TEST_CASE("A derangement moves every row") {
  for (const std::size_t n : {2U, 3U, 10U, 101U})
    for (int step = 0; step < 20; ++step) {
      const Rows order = derangement(n, RandomStream(1, "test").at(step));
      CHECK(holds_each_once(order));
      for (std::size_t i = 0; i < n; ++i) CHECK(order[i] != i);
    }
}

TEST_CASE("A shuffling holds every row once, and another step is another order") {
  const RandomStream stream(1, "test");
  CHECK(holds_each_once(shuffled(50, stream)));
  CHECK(shuffled(50, stream) == shuffled(50, stream));
  CHECK(shuffled(50, stream) != shuffled(50, stream.at(1)));
}

TEST_CASE("A pass of batches sees no row twice and leaves out what does not fill one") {
  Batches batches({10, 11, 12, 13, 14}, 2, RandomStream(1, "test"));
  Rows pass = batches.at(0);
  for (const std::size_t row : batches.at(1)) pass.push_back(row);
  std::sort(pass.begin(), pass.end());
  CHECK(pass.size() == 4);
  CHECK(std::adjacent_find(pass.begin(), pass.end()) == pass.end());
  CHECK(pass.front() >= 10);
  CHECK(Batches({7}, 2, RandomStream(1, "test")).at(5) == Rows{7});
}

TEST_CASE("InfoNCE's terms are the shares of each pair in its row and column") {
  Matrix ratios(2, 2);
  ratios.values = {std::log(3), 0, std::log(2), std::log(5)};
  const std::vector<double> terms = info_nce_terms(ratios);
  // Of pair 0: 3 of 3 + 1 in its row, 3 of 3 + 2 in its column.
  CHECK(terms[0] == Approx(std::log(2) + (std::log(3.0 / 4) + std::log(3.0 / 5)) / 2));
  CHECK(terms[1] == Approx(std::log(2) + (std::log(5.0 / 7) + std::log(5.0 / 6)) / 2));
}

TEST_CASE("The error of a mean is its standard deviation over the root of n") {
  CHECK(mean_of({1, 2, 6}) == Approx(3));
  // Deviations -2, -1, 3: a variance of 14 / 2.
  CHECK(error_of({1, 2, 6}) == Approx(std::sqrt(7.0 / 3)));
}
