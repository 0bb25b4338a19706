#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/embedding.hpp>
#include <saddle/plugin/batch.hpp>
#include <saddle/plugin/shapes.hpp>

#include <cstddef>
#include <string>

namespace saddle {

// How a discriminator depends on labels; an Options struct inherits this and describes it with
// `describe_condition<Options>(schema)`.
struct ConditionOptions {
  std::string condition = "none";
};

template <class O>
void describe_condition(Schema& s) {
  s.field(static_cast<std::string O::*>(&O::condition), "condition",
          "how the logits depend on the labels of the samples")
      .choices({"none", "concatenation", "projection"});
}

// What a discriminator takes that is conditioned so, where it would take [input...] otherwise:
// concatenation widens the last axis by the classes. Throws SpecError where the data, the latent or
// the packing leave no label for each input.
Shape conditioned_input(const ConditionOptions& options, const Shapes& shapes, Shape input);

// The part of the label y in the logits of a discriminator head(phi(x)):
//   concatenation   x with y one-hot beside it (Mirza and Osindero 2014); of images, beside each
//                   pixel
//   projection      logits + <embedding(y), phi(x)> (Miyato and Koyama 2018, equation 3)
// In evaluation, samples without labels are judged as such: without the part of the label. In
// training they are refused by PluginError.
class SADDLE_API LabelCondition final : public Module {
 public:
  // `units` of phi(x). Only a projection has parameters: "embedding.weight" [classes, units].
  LabelCondition(const ConditionOptions& options, std::size_t classes, std::size_t units,
                 Initialiser weight, bool spectral_norm);
  ~LabelCondition() override;

  // What the first layer takes: batch.x as [n, input...] -> [n, conditioned_input...]
  Variable input(const Variable& x, const Labels& labels, const Context& context) const;
  // logits [n, 1] of the head and phi(x) [n, units] -> logits [n, 1]
  Variable logits(const Variable& head, const Variable& phi, const Labels& labels,
                  Context& context) const;

 private:
  std::string condition_;
  std::size_t classes_;
  nn::Embedding* embedding_ = nullptr;
};

}  // namespace saddle
