#include "nn/layer_tools.hpp"

#include <limits>

using namespace saddle;
using namespace saddle::testing;

TEST_CASE("The Gaussian error linear unit weighs its input by the normal distribution") {
  // Phi(1) = 0.841344746, Phi(-2) = 0.022750132.
  check_elements(nn::activate("gelu", Variable(tensor({4}, {0, 1, -2, 30}))).value(),
                 {0, 0.84134474606854293, -2 * 0.022750131948179209, 30});
  check_elements(erf(Variable(tensor({3}, {0.5, -1, 4}))).value(),
                 {0.52049987781304654, -0.84270079294971487, 0.99999998458274210});
}

TEST_CASE("Every activation lets NaN through") {
  for (const std::string& name : nn::activation_names()) {
    INFO(name);
    const Variable x(full({5}, std::numeric_limits<double>::quiet_NaN()));
    const Tensor y = nn::activate(name, x).value();
    for (const Scalar value : y) CHECK(std::isnan(value));
  }
}
