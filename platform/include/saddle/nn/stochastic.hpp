#pragma once

#include <saddle/nn/linear.hpp>

namespace saddle::nn {

// A code of limited information, the bottleneck of Alemi et al. 2017 (equation 16) and of the
// variational discriminator bottleneck (Peng et al. 2019): x [n, in] -> N(mean, deviation^2) for
// each unit, with mean and ln deviation linear in x.
class SADDLE_API Stochastic final : public Module {
 public:
  // In which forwards it draws its noise.
  enum class Samples { in_own_update, always };

  struct Code {
    // [n, units]: mean + deviation noise, noise ~ N(0, 1), where it samples, so that gradients
    // reach both; else the mean.
    Variable value;
    // [n, 1]: KL[N(mean, deviation^2) || N(0, 1)] of all units in nats,
    //   sum over units of (mean^2 + deviation^2 - 1) / 2 - ln deviation,
    // whose expectation bounds the information of the code about x from above.
    Variable rate;
  };

  // `options` are those of the mean. ln deviation begins at weights of zero, which have no
  // direction of their largest singular value, and is not bounded by it.
  Stochastic(std::size_t in, std::size_t units, const Initialiser& weight,
             const LinearOptions& options = {}, Samples samples = Samples::in_own_update);
  ~Stochastic() override;
  // The context can tap the value.
  Code operator()(const Variable& x, Context& context);

 private:
  Linear &mean_, &log_deviation_;
  Samples samples_;
};

}  // namespace saddle::nn
