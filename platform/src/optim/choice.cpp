#include "optim/choice.hpp"

namespace saddle {

void OptimizerChoice::describe(Schema& s) {
  s.one_of();
  s.field(&OptimizerChoice::sgd, "sgd", "gradient descent with momentum");
  s.field(&OptimizerChoice::rmsprop, "rmsprop", "RMSProp (Tieleman and Hinton 2012)");
  s.field(&OptimizerChoice::adam, "adam", "Adam (Kingma and Ba 2015)");
}

std::unique_ptr<Optimizer> OptimizerChoice::make() const {
  if (sgd) return std::make_unique<Sgd>(*sgd);
  if (rmsprop) return std::make_unique<RmsProp>(*rmsprop);
  return std::make_unique<Adam>(adam.value_or(Adam::Options{}));
}

const Schedule& OptimizerChoice::rate() const {
  if (sgd) return sgd->lr;
  if (rmsprop) return rmsprop->lr;
  // Without a choice, as where the spec's one was wrong, it is what make() makes.
  static const Adam::Options kStandard;
  return adam ? adam->lr : kStandard.lr;
}

OptimizerChoice OptimizerChoice::standard() {
  OptimizerChoice choice;
  choice.adam.emplace();
  return choice;
}

}  // namespace saddle
