#pragma once

#include <saddle/autograd/variable.hpp>

#include <string>
#include <vector>

namespace saddle::nn {

// The names that `activate` takes.
const std::vector<std::string>& activation_names();

// The activation of that name, elementwise. "leaky-relu" has slope 0.2; "identity" changes nothing.
Variable activate(const std::string& name, const Variable& x);

// The gain that keeps the variance of a layer with this activation (He et al. 2015).
double activation_gain(const std::string& name);

}  // namespace saddle::nn
