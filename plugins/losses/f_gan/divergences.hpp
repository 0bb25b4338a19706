#pragma once

#include <saddle/saddle.hpp>

#include <functional>
#include <string>
#include <vector>

// The f-divergences D_f(P || Q) = E_q f(p / q) of f-GAN (Nowozin et al. 2016, tables 1 and 2).
namespace saddle::f_gan {

// What the bound E_p T - E_q f*(T) of a divergence needs, as functions of unbounded logits v with
// T = g(v): elementwise, [n, 1] -> [n, 1].
struct Divergence {
  std::function<Variable(const Variable&)> activation;  // g: the critic's output
  // f*(g(v)), composed so that nothing overflows that the exact value does not.
  std::function<Variable(const Variable&)> conjugate;
  std::string generator;  // f(u), for the log
  std::string unit;       // of the divergence
};

// The names that `divergence` takes.
std::vector<std::string> divergence_names();
// `alpha` is used by the alpha divergence only; neither 0 nor 1.
Divergence divergence(const std::string& name, double alpha);

}  // namespace saddle::f_gan
