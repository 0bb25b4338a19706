#include <saddle/base/error.hpp>
#include <saddle/base/random.hpp>
#include <saddle/bounds/variational.hpp>
#include <saddle/tensor/threads.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::bounds;
using saddle::testing::error_text;

namespace {

struct Pairs {
  Matrix x, y;
};

// Correlated normals.
Pairs pairs(std::size_t n, double rho) {
  Pairs made{Matrix(n, 1), Matrix(n, 1)};
  for (std::size_t i = 0; i < n; ++i) {
    double normals[2];
    RandomStream(1, "test").normals(static_cast<std::uint32_t>(i), 2, normals);
    made.x.row(i)[0] = normals[0];
    made.y.row(i)[0] = rho * normals[0] + std::sqrt(1 - rho * rho) * normals[1];
  }
  return made;
}

VariationalOptions quick() {
  VariationalOptions options;
  // So few steps want to be larger than the defaults'.
  options.steps = 200;
  options.learning_rate = 0.003;
  return options;
}

}  // namespace

TEST_CASE("Every variational estimator tells dependence from independence") {
  const Pairs tied = pairs(2000, 0.9), loose = pairs(2000, 0);
  for (const std::string& name : variational_names()) {
    INFO(name);
    // I = -ln(1 - 0.9^2) / 2 = 0.83
    CHECK(variational_information(name, tied.x, tied.y, quick()) > 0.3);
    CHECK(std::abs(variational_information(name, loose.x, loose.y, quick())) < 0.2);
  }
}

TEST_CASE("Of Gaussian pairs CLUB finds the bound of the true conditional") {
  // E ln q(y | x) - E E ln q(y | x) = rho^2 / (1 - rho^2) = 1 for rho^2 = 1 / 2.
  const Pairs made = pairs(4000, std::sqrt(0.5));
  VariationalOptions options = quick();
  options.steps = 1000;
  CHECK(variational_information("club", made.x, made.y, options) == Approx(1).margin(0.35));
}

TEST_CASE("A variational estimate is the same at every number of threads") {
  const Pairs made = pairs(600, 0.9);
  VariationalOptions options = quick();
  options.steps = 20;
  for (const char* name : {"mine", "info-nce"}) {
    set_threads(1);
    const double one = variational_information(name, made.x, made.y, options);
    set_threads(2);
    CHECK(variational_information(name, made.x, made.y, options) == one);
    set_threads(1);
  }
}

TEST_CASE("By ranks an estimate does not see what each axis was stretched by") {
  Pairs made = pairs(200, 0.9);
  VariationalOptions options = quick();
  options.steps = 20;
  options.inputs = "ranks";
  const double before = variational_information("nwj", made.x, made.y, options);
  for (double& value : made.x.values) value = std::exp(value);
  CHECK(variational_information("nwj", made.x, made.y, options) == before);
}

TEST_CASE("Variational estimators refuse names and samples that they cannot take") {
  CHECK(error_text<DataError>([] {
          variational_information("nwj", Matrix(19, 1), Matrix(19, 1));
        }) == "nwj: expected at least 20 pairs, found 19 rows of x and 19 of y.");
  const Pairs made = pairs(20, 0);
  CHECK(error_text<SpecError>([&] { variational_information("nwg", made.x, made.y); }) ==
        "there is no variational estimator 'nwg'. Did you mean 'nwj'? There are: club, "
        "donsker-varadhan, gan-dime, info-nce, jensen-shannon, kl-dime, mine, nwj, smile.");
}
