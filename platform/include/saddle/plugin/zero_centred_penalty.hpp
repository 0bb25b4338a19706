#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/plugin/loss.hpp>

#include <vector>

namespace saddle {

// The base of r1 and r2, gradient penalties on a batch that the discriminator sees anyway
// (Mescheder et al. 2018, equations 9 and 10):
//   discriminator   gamma / 2  E |grad_x D(x)|^2,  D the logit, x the discriminator's input
// Mescheder's code multiplies E |grad|^2 by 10 without the 1/2: gamma 20 here.
class SADDLE_API ZeroCentredPenalty : public Loss {
 public:
  struct Options {
    double gamma = 10;
    static void describe(Schema& s);
  };
  ZeroCentredPenalty(const Options& options, const Shapes&) : gamma_(options.gamma) {}
  ~ZeroCentredPenalty() override;

  Objectives objectives() const override { return {true, false, false}; }
  bool differentiates_inputs() const override { return true; }
  std::vector<SeriesInfo> series() const override { return {{"squared-norm", "1"}}; }

 protected:
  // Of outputs on inputs [n, input...] -> []
  Variable penalty(const Outputs& outputs, const Variable& inputs, Round& round) const;

 private:
  double gamma_;
};

}  // namespace saddle
