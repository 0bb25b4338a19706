#pragma once

#include <saddle/autograd/variable.hpp>

// Elementwise arithmetic. Shapes broadcast by numpy's rules; a mismatch throws PluginError.
namespace saddle {

// [a...] , [b...] -> [broadcast of both]
Variable add(const Variable& a, const Variable& b);
Variable sub(const Variable& a, const Variable& b);
Variable mul(const Variable& a, const Variable& b);
Variable div(const Variable& a, const Variable& b);

// [...] -> [...]
Variable neg(const Variable& x);
Variable scale(const Variable& x, double factor);
Variable shift(const Variable& x, double offset);

inline Variable operator+(const Variable& a, const Variable& b) { return add(a, b); }
inline Variable operator-(const Variable& a, const Variable& b) { return sub(a, b); }
inline Variable operator*(const Variable& a, const Variable& b) { return mul(a, b); }
inline Variable operator/(const Variable& a, const Variable& b) { return div(a, b); }
inline Variable operator-(const Variable& x) { return neg(x); }
inline Variable operator+(const Variable& x, double c) { return shift(x, c); }
inline Variable operator+(double c, const Variable& x) { return shift(x, c); }
inline Variable operator-(const Variable& x, double c) { return shift(x, -c); }
inline Variable operator-(double c, const Variable& x) { return shift(neg(x), c); }
inline Variable operator*(const Variable& x, double c) { return scale(x, c); }
inline Variable operator*(double c, const Variable& x) { return scale(x, c); }
inline Variable operator/(const Variable& x, double c) { return scale(x, 1 / c); }

}  // namespace saddle
