#include "base/digest.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using saddle::Digest;

TEST_CASE("A digest is the upper 53 bits of XXH3, however its bytes arrive") {
  // XXH3_64bits of no bytes is 2d06800538d394c2 in the sanity tests of xxHash.
  CHECK(Digest().number() == static_cast<double>(0x2d06800538d394c2u >> 11));
  Digest whole, parts;
  whole.update("generator", 9);
  parts.update("gene", 4);
  parts.update("rator", 5);
  CHECK(whole.number() == parts.number());
  CHECK(whole.number() != Digest().number());
  CHECK(whole.number() < std::ldexp(1.0, 53));
}
