#include <saddle/autograd/ops/math.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include "tensor/map.hpp"

namespace saddle {
namespace {

// Two steps of Fritsch, Shafer and Crowley (1973, algorithm 443), each of fourth order, for
// w + ln w = x: from first guesses 27 % off at most, they reach the last digits of a double.
template <class V>
V solve_wright_omega(V x) {
  using kernels::select;
  using std::exp, std::log;
  const V one(1);
  const V small = exp(select(x < one, x, one));
  V w = select(x < one, small / (one + small), x - log(select(x < one, one, x)));
  for (int i = 0; i < 2; ++i) {
    const V r = x - w - log(w), p = one + w;
    const V q = V(2) * p * (p + r * V(Scalar(2) / Scalar(3)));
    w = w * (one + r / p * ((q - r) / (q - V(2) * r)));
  }
  return w;
}

// Far out the solution is exp(x) or x to all digits, and the steps would leave the range.
template <class V>
V wright_omega_of(V x) {
  using kernels::select;
  using std::exp;
  const V low(-40), high(Scalar(1e18));
  const V inside = select(x < low, low, select(x > high, high, x));
  return select(x < low, exp(x), select(x > high, x, solve_wright_omega(inside)));
}

}  // namespace

Variable exp(const Variable& x) {
  const auto value = [](auto u) {
    using std::exp;
    return exp(u);
  };
  return record(kernels::map(value, x.value()),
                {{x, [](const Variable& g, const Variable& y) { return g * y; }}});
}

Variable log(const Variable& x) {
  const auto value = [](auto u) {
    using std::log;
    return log(u);
  };
  return record(kernels::map(value, x.value()),
                {{x, [x](const Variable& g, const Variable&) { return g / x; }}});
}

Variable sqrt(const Variable& x) {
  const auto value = [](auto u) {
    using std::sqrt;
    return sqrt(u);
  };
  return record(kernels::map(value, x.value()),
                {{x, [](const Variable& g, const Variable& y) { return 0.5 * (g / y); }}});
}

Variable sqrt_above(const Variable& x, Scalar least) {
  Tensor present = x.value(), absent = x.value();
  for (std::size_t i = 0; i < present.size(); ++i) {
    const bool none = present.data()[i] <= least;
    present.data()[i] = none ? Scalar(0) : Scalar(1);
    absent.data()[i] = none ? Scalar(1) : Scalar(0);
  }
  // What is too small takes the root of 1 and more, times 0: no derivative goes through it.
  return Variable(present) * sqrt(x + Variable(absent));
}

Variable square(const Variable& x) {
  return record(kernels::map([](auto u) { return u * u; }, x.value()),
                {{x, [x](const Variable& g, const Variable&) { return 2.0 * (g * x); }}});
}

Variable pow(const Variable& x, double power) {
  const auto p = static_cast<Scalar>(power);
  const auto value = [p](auto u) {
    using std::pow;
    return pow(u, decltype(u)(p));
  };
  return record(kernels::map(value, x.value()),
                {{x, [x, power](const Variable& g, const Variable&) {
                    return power == 0 ? scale(g, 0) : scale(g * pow(x, power - 1), power);
                  }}});
}

Variable sin(const Variable& x) {
  const auto value = [](auto u) {
    using std::sin;
    return sin(u);
  };
  return record(kernels::map(value, x.value()),
                {{x, [x](const Variable& g, const Variable&) { return g * cos(x); }}});
}

Variable cos(const Variable& x) {
  const auto value = [](auto u) {
    using std::cos;
    return cos(u);
  };
  return record(kernels::map(value, x.value()),
                {{x, [x](const Variable& g, const Variable&) { return -(g * sin(x)); }}});
}

Variable abs(const Variable& x) {
  const auto value = [](auto u) {
    using std::abs;
    return abs(u);
  };
  const auto sign = [](auto u) {
    using kernels::select;
    using V = decltype(u);
    return select(u > V(0), V(1), select(u < V(0), V(-1), V(0)));
  };
  return record(kernels::map(value, x.value()), {{x, [x, sign](const Variable& g, const Variable&) {
                                                    return g *
                                                           Variable(kernels::map(sign, x.value()));
                                                  }}});
}

Variable erf(const Variable& x) {
  constexpr double kTwoOverRootPi = 1.12837916709551257390;
  const auto value = [](auto u) {
    using std::erf;
    return erf(u);
  };
  return record(kernels::map(value, x.value()), {{x, [x](const Variable& g, const Variable&) {
                                                    return kTwoOverRootPi * (g * exp(-square(x)));
                                                  }}});
}

Variable wright_omega(const Variable& x) {
  return record(kernels::map([](auto u) { return wright_omega_of(u); }, x.value()),
                {{x, [](const Variable& g, const Variable& y) { return g * (y / (1.0 + y)); }}});
}

}  // namespace saddle
