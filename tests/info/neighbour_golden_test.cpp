#include <saddle/info/neighbour_entropy.hpp>
#include <saddle/info/neighbour_information.hpp>

#include "info/golden_data.hpp"

#include <catch2/catch.hpp>

#include <cmath>

// Values of plain estimators in numpy and scipy, of which KSG 2 agrees with MILCA, the code of the
// authors of Kraskov et al. 2004.

using namespace saddle;
using namespace saddle::info;
using saddle::testing::columns;
using saddle::testing::mapped;
using saddle::testing::normals;
using saddle::testing::splitmix;

namespace {

const Matrix kUniform = splitmix(1, 500, 4), kNormal = normals(kUniform);

struct Golden {
  std::size_t k;
  double ksg1, ksg2, ksg1_standardised, mixed;
};

void check(const Matrix& x, const Matrix& y, const Golden& golden) {
  INFO("k = " << golden.k);
  const Neighbours raw{golden.k, false};
  CHECK(ksg1(x, y, raw).value == Approx(golden.ksg1).margin(1e-9));
  CHECK(ksg2(x, y, raw).value == Approx(golden.ksg2).margin(1e-9));
  CHECK(ksg1(x, y, {golden.k, true}).value == Approx(golden.ksg1_standardised).margin(1e-9));
  CHECK(mixed_ksg(x, y, raw).value == Approx(golden.mixed).margin(1e-9));
}

}  // namespace

TEST_CASE("Mutual information of two numbers of correlation 0.75 has the golden values") {
  const Matrix x = columns(kNormal, 0, 1);
  const Matrix y = mapped(x, columns(kNormal, 1, 1),
                          [](double a, double b) { return .75 * a + std::sqrt(1 - .5625) * b; });
  for (const Golden& golden : {
           Golden{1, 0.4865786112, 0.4887417505, 0.4891806530, 0.4875789445},
           {3, 0.4625624125, 0.4698555952, 0.4676908593, 0.4635627458},
           {5, 0.4706447394, 0.4723989582, 0.4737472506, 0.4716450727},
           {10, 0.4619359406, 0.4711535139, 0.4641052134, 0.4629362739},
       })
    check(x, y, golden);
}

TEST_CASE("Mutual information of two pairs of numbers has the golden values") {
  const Matrix x = columns(kNormal, 0, 2);
  const Matrix y =
      mapped(x, columns(kNormal, 2, 2), [](double a, double b) { return .8 * a + .6 * b; });
  for (const Golden& golden : {
           Golden{1, 1.0703029200, 1.0441094788, 1.0665811724, 1.0713032533},
           {3, 0.9798997220, 0.9999287445, 0.9823544659, 0.9809000553},
           {5, 0.9195134215, 0.9527387126, 0.9175785788, 0.9205137548},
           {10, 0.8829238881, 0.8912101074, 0.8860217672, 0.8839242214},
       })
    check(x, y, golden);
}

TEST_CASE("Mutual information of independent uniform numbers has the golden values") {
  for (const Golden& golden : {
           Golden{1, 0.0961816616, 0.2217477018, 0.0945823916, 0.0971819949},
           {3, 0.0596055392, 0.0251594767, 0.0600119923, 0.0606058725},
           {5, 0.0432519634, 0.0460638871, 0.0421791348, 0.0442522968},
           {10, 0.0363372366, 0.0396251698, 0.0361783984, 0.0373375700},
       })
    check(columns(kUniform, 0, 1), columns(kUniform, 1, 1), golden);
}

TEST_CASE("Mutual information of labels and numbers has the golden values") {
  Matrix label = columns(kUniform, 0, 1);
  for (double& value : label.values) value = std::floor(4 * value);
  const Matrix y =
      mapped(label, columns(kUniform, 1, 1), [](double a, double b) { return a + 2 * b; });
  CHECK(mixed_ksg(label, y, {3, false}).value == Approx(0.8546002461).margin(1e-9));
  CHECK(mixed_ksg(label, y, {5, false}).value == Approx(0.8569526367).margin(1e-9));
  Matrix other = y;
  for (double& value : other.values) value = std::floor(value);
  CHECK(mixed_ksg(label, other, {3, false}).value == Approx(0.8895221981).margin(1e-9));
  CHECK(mixed_ksg(label, other, {5, false}).value == Approx(0.8895221981).margin(1e-9));
}

TEST_CASE("Entropy in four dimensions has the golden values") {
  const auto found = [](std::size_t k, Norm norm) {
    return kozachenko_leonenko(kNormal, k, norm).value;
  };
  CHECK(found(1, Norm::euclidean) == Approx(5.5098963171).margin(1e-9));
  CHECK(found(3, Norm::euclidean) == Approx(5.4983510514).margin(1e-9));
  CHECK(found(5, Norm::euclidean) == Approx(5.5141765146).margin(1e-9));
  CHECK(found(1, Norm::maximum) == Approx(5.4758944383).margin(1e-9));
  CHECK(found(3, Norm::maximum) == Approx(5.4696921649).margin(1e-9));
  CHECK(found(5, Norm::maximum) == Approx(5.4881427214).margin(1e-9));
}

TEST_CASE("The divergence of a square from a larger one has the golden values") {
  const Matrix x = columns(kUniform, 0, 2);
  Matrix y = splitmix(2, 400, 2);
  for (double& value : y.values) value = value * 1.5 - 0.25;
  CHECK(wang_kulkarni_verdu(x, y, 1).value == Approx(0.8465677575).margin(1e-9));
  CHECK(wang_kulkarni_verdu(x, y, 5).value == Approx(0.7401319297).margin(1e-9));
  CHECK(wang_kulkarni_verdu(y, x, 1).value == Approx(1.4148729612).margin(1e-9));
  CHECK(wang_kulkarni_verdu(y, x, 5).value == Approx(0.5368440519).margin(1e-9));
}
