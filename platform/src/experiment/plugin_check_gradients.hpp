#pragma once

#include <saddle/autograd/variable.hpp>

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
using Function = std::function<std::vector<Variable>(const std::vector<Variable>&)>;

// Holds the gradient of a fixed random combination of the outputs against central differences, for
// each point by itself along random directions. Returns the first disagreement as a message, or "".
std::string gradient_mismatch(const std::vector<Point>& points, const Function& function);

}  // namespace saddle::plugin_check
