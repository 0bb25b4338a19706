#include <saddle/plugin/label_condition.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>

#include <algorithm>
#include <utility>

namespace saddle {

Shape conditioned_input(const ConditionOptions& options, const Shapes& shapes, Shape input) {
  const std::string where = "condition: " + options.condition;
  if (options.condition == "none") return input;
  if (shapes.classes == 0)
    throw SpecError(where +
                    " needs labels, and this dataset has none. Take one with labels, or "
                    "condition: none.");
  if (shapes.input != shapes.sample)
    throw SpecError(where +
                    " needs one label for each input, and with train.packing an input is a tuple "
                    "of samples. Take packing: 1, or condition: none.");
  const auto asks = [](const LatentPart& part) { return part.law == "label"; };
  if (std::none_of(shapes.parts.begin(), shapes.parts.end(), asks))
    throw SpecError(where +
                    " needs the label of each generated sample. Give the latent a part that asks "
                    "for one, as in latent: {y: {label: {}}}.");
  if (options.condition == "concatenation") input.back() += shapes.classes;
  return input;
}

LabelCondition::LabelCondition(const ConditionOptions& options, std::size_t classes,
                               std::size_t units, Initialiser weight, bool spectral_norm)
    : condition_(options.condition), classes_(classes) {
  if (condition_ == "projection")
    embedding_ = &add<nn::Embedding>("embedding", classes, units, std::move(weight), spectral_norm);
}

LabelCondition::~LabelCondition() = default;

Variable LabelCondition::input(const Variable& x, const Labels& labels,
                               const Context& context) const {
  if (condition_ != "none" && context.training() && labels.empty())
    throw PluginError("condition: " + condition_ +
                      " needs the label of each sample, and these samples have none. Generated "
                      "samples have those that a part of the latent asks for, as in "
                      "latent: {y: {label: {}}}.");
  if (condition_ != "concatenation") return x;
  const std::size_t n = x.shape()[0], last = x.shape().size() - 1;
  Shape one(x.shape().size(), 1);
  one.front() = n;
  one.back() = classes_;
  Shape all = x.shape();
  all.back() = classes_;
  const Tensor rows = labels.empty() ? zeros({n, classes_}) : nn::one_hot(labels, classes_);
  return concat({x, broadcast_to(reshape(Variable(rows), one), all)}, last);
}

Variable LabelCondition::logits(const Variable& head, const Variable& phi, const Labels& labels,
                                Context& context) const {
  if (!embedding_ || labels.empty()) return head;
  return head + reshape(sum_rows((*embedding_)(labels, context) * phi), head.shape());
}

}  // namespace saddle
