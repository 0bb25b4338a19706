#pragma once

#include <saddle/nn/mlp.hpp>
#include <saddle/plugin/dataset.hpp>
#include <saddle/plugin/label_classifier.hpp>

#include <cstddef>
#include <functional>
#include <string>

namespace saddle {

// Calls visit(indices) for [0, count) in parts.
void for_parts(std::size_t count, const std::function<void(const Indices&)>& visit);

// The network of a LabelClassifier: x -> logits [n, classes] of (x - mean) / deviation, over all
// numbers of the training samples.
class LabelNetwork {
 public:
  // Untrained.
  LabelNetwork(const Dataset& data, const ClassifierOptions& options);

  // A function of the training split and the options alone.
  void train(const Dataset& data, const ClassifierOptions& options);
  // [n, sample...] -> what the network makes of them in evaluation
  nn::Mlp::Pass run(const Tensor& samples) { return run(samples, Mode::evaluate); }

  // What training finds, as the bytes of this machine's numbers; and the reverse, for those of a
  // network of the same sizes.
  std::string bytes();
  void restore(const std::string& bytes);

 private:
  nn::Mlp::Pass run(const Tensor& samples, Mode mode);
  Variable loss(const Tensor& samples, const Labels& labels);
  void standardise(const Dataset& data);

  nn::Mlp mlp_;
  double mean_ = 0, deviation_ = 1;
};

}  // namespace saddle
