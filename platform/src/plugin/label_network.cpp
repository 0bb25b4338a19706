#include "plugin/label_network.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/nn/embedding.hpp>

#include "optim/choice.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

namespace saddle {
namespace {

// The same for every run.
RandomStream stream_of(const char* name) { return RandomStream(0, "label-classifier").child(name); }

// The order of the training samples in one epoch.
Indices shuffled(std::size_t count, std::size_t epoch) {
  Indices order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  stream_of("shuffle").at(static_cast<std::int64_t>(epoch)).shuffle(order);
  return order;
}

nn::MlpOptions layers_of(const ClassifierOptions& options) { return {options.hidden}; }

}  // namespace

void for_parts(std::size_t count, const std::function<void(const Indices&)>& visit) {
  constexpr std::size_t kRows = 512;
  for (std::size_t first = 0; first < count; first += kRows) {
    Indices part(std::min(kRows, count - first));
    std::iota(part.begin(), part.end(), first);
    visit(part);
  }
}

LabelNetwork::LabelNetwork(const Dataset& data, const ClassifierOptions& options)
    : mlp_(data.sample_shape(), Shape{data.classes()}, layers_of(options)) {}

void LabelNetwork::standardise(const Dataset& data) {
  double count = 0, sum = 0, squares = 0;
  for_parts(data.size(Split::train), [&](const Indices& part) {
    for (const double value : to_matrix(data.samples(Split::train, part)).values) {
      ++count;
      sum += value;
      squares += value * value;
    }
  });
  mean_ = sum / count;
  const double variance = squares / count - mean_ * mean_;
  if (variance > 0) deviation_ = std::sqrt(variance);
}

nn::Mlp::Pass LabelNetwork::run(const Tensor& samples, Mode mode) {
  Context context(mode, 0, stream_of("forward"));
  return mlp_.run((Variable(samples) - mean_) / deviation_, context);
}

// The mean of -ln p(label | x).
Variable LabelNetwork::loss(const Tensor& samples, const Labels& labels) {
  const Variable y = run(samples, Mode::train).output;
  const Variable chosen(nn::one_hot(labels, y.shape()[1]));
  return mean(logsumexp(y, 1) - sum(y * chosen, 1));
}

void LabelNetwork::train(const Dataset& data, const ClassifierOptions& options) {
  mlp_.initialise(stream_of("init"));
  standardise(data);
  const std::unique_ptr<Optimizer> adam = OptimizerChoice::standard().make();
  const std::vector<NamedParameter> parameters = mlp_.parameters();
  std::vector<Tensors> slots;
  for (const NamedParameter& parameter : parameters)
    slots.emplace_back(adam->slot_names().size(), zeros(parameter.variable->shape()));
  std::int64_t update = 0;
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    const Indices order = shuffled(data.size(Split::train), epoch);
    for (std::size_t first = 0; first < order.size(); first += options.batch) {
      const auto from = order.begin() + static_cast<std::ptrdiff_t>(first);
      const Indices part(
          from, from + static_cast<std::ptrdiff_t>(std::min(options.batch, order.size() - first)));
      Variables weights;
      for (const NamedParameter& parameter : parameters) weights.push_back(*parameter.variable);
      const Variables gradients =
          grad(loss(data.samples(Split::train, part), data.labels(Split::train, part)), weights);
      ++update;
      for (std::size_t i = 0; i < parameters.size(); ++i)
        *parameters[i].variable = Variable::leaf(
            adam->step(weights[i].value(), gradients[i].value(), slots[i], update, options.lr));
    }
  }
}

std::string LabelNetwork::bytes() {
  std::string found;
  const auto add = [&](const void* from, std::size_t count) {
    found.append(static_cast<const char*>(from), count);
  };
  add(&mean_, sizeof mean_);
  add(&deviation_, sizeof deviation_);
  for (const NamedParameter& parameter : mlp_.parameters()) {
    const Tensor& value = parameter.variable->value();
    add(value.data(), value.size() * sizeof(Scalar));
  }
  return found;
}

void LabelNetwork::restore(const std::string& bytes) {
  const char* from = bytes.data();
  const auto take = [&](void* to, std::size_t count) {
    assert(from + count <= bytes.data() + bytes.size());
    std::memcpy(to, from, count);
    from += count;
  };
  take(&mean_, sizeof mean_);
  take(&deviation_, sizeof deviation_);
  for (const NamedParameter& parameter : mlp_.parameters()) {
    Tensor value = empty(parameter.variable->shape());
    take(value.data(), value.size() * sizeof(Scalar));
    *parameter.variable = Variable::leaf(std::move(value));
  }
}

}  // namespace saddle
