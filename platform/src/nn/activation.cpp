#include <saddle/nn/activation.hpp>

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/base/error.hpp>

#include <cmath>
#include <functional>

namespace saddle::nn {
namespace {

constexpr double kLeakySlope = 0.2;

struct Activation {
  std::string name;
  double gain;
  std::function<Variable(const Variable&)> apply;
  std::optional<double> leaky_slope = std::nullopt;
};

const std::vector<Activation>& activations() {
  static const std::vector<Activation> all = {
      {"relu", std::sqrt(2.0), [](const Variable& x) { return relu(x); }, 0.0},
      {"leaky-relu", std::sqrt(2 / (1 + kLeakySlope * kLeakySlope)),
       [](const Variable& x) { return leaky_relu(x, kLeakySlope); }, kLeakySlope},
      {"silu", std::sqrt(2.0), [](const Variable& x) { return silu(x); }},
      {"gelu", std::sqrt(2.0), [](const Variable& x) { return gelu(x); }},
      {"tanh", 1, [](const Variable& x) { return tanh(x); }},
      {"sigmoid", 1, [](const Variable& x) { return sigmoid(x); }},
      {"softplus", 1, [](const Variable& x) { return softplus(x); }},
      {"sin", 1, [](const Variable& x) { return sin(x); }},
      {"identity", 1, [](const Variable& x) { return x; }},
  };
  return all;
}

const Activation& find(const std::string& name) {
  for (const Activation& activation : activations())
    if (activation.name == name) return activation;
  throw PluginError("there is no activation '" + name + "'");
}

}  // namespace

const std::vector<std::string>& activation_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Activation& activation : activations()) all.push_back(activation.name);
    return all;
  }();
  return names;
}

Variable activate(const std::string& name, const Variable& x) { return find(name).apply(x); }
std::optional<double> leaky_slope(const std::string& name) { return find(name).leaky_slope; }
double activation_gain(const std::string& name) { return find(name).gain; }

}  // namespace saddle::nn
