#pragma once

#include <saddle/autograd/variable.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace saddle::plugin_check {

// A tensor that a function is differentiated with respect to, at the place of the check.
struct Point {
  std::string name;  // for messages: "parameter 'body.0.weight'"
  Tensor value;
};

// Outputs, of any shapes, from one leaf for each point.
using Function = std::function<Variables(const Variables&)>;

struct GradientVerdict {
  // The first disagreement, as a message, or "".
  std::string mismatch;
  // The points that were judged, and the names of those at which the function is too rough for
  // differences in the precision of this build, as that of high frequencies in float is.
  std::size_t judged = 0;
  std::vector<std::string> rough;

  // "7 tensors", with what was too rough.
  std::string summary() const;
};

// Holds the gradient of a fixed random combination of the outputs against central differences, for
// each point by itself along random directions.
GradientVerdict judge_gradient(const std::vector<Point>& points, const Function& function);

}  // namespace saddle::plugin_check
