#pragma once

#include <saddle/autograd/variable.hpp>

#include <optional>
#include <string>
#include <vector>

namespace saddle::nn {

// The names that `activate` takes.
const std::vector<std::string>& activation_names();

// The activation of that name, elementwise. "leaky-relu" has slope 0.2; "identity" changes nothing.
Variable activate(const std::string& name, const Variable& x);

// The slope below 0 of an activation that is a leaky rectifier: 0 for "relu".
std::optional<double> leaky_slope(const std::string& name);

// The gain that keeps the variance of a layer with this activation (He et al. 2015).
double activation_gain(const std::string& name);

}  // namespace saddle::nn
