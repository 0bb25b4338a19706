#include <saddle/autograd/ops/math.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include "tensor/map.hpp"

namespace saddle {

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

}  // namespace saddle
