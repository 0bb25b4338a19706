#include <saddle/plugin/label_classifier.hpp>

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>
#include <saddle/nn/mlp.hpp>

#include "optim/choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <numeric>
#include <string>

namespace saddle {
namespace {

using Indices = std::vector<std::size_t>;

// The same for every run.
RandomStream stream_of(const char* name) { return RandomStream(0, "label-classifier").child(name); }

// The order of the training samples in one epoch (Fisher and Yates).
Indices shuffled(std::size_t count, std::size_t epoch) {
  const RandomStream stream = stream_of("shuffle").at(static_cast<std::int64_t>(epoch));
  Indices order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i-- > 1;)
    std::swap(order[i], order[stream.below(static_cast<std::uint32_t>(i), i + 1)]);
  return order;
}

// Calls visit(indices) for [0, count) in parts.
template <class Visit>
void for_parts(std::size_t count, const Visit& visit) {
  constexpr std::size_t kRows = 512;
  for (std::size_t first = 0; first < count; first += kRows) {
    Indices part(std::min(kRows, count - first));
    std::iota(part.begin(), part.end(), first);
    visit(part);
  }
}

// What a classifier depends on.
std::string key_of(const Dataset& data, const ClassifierOptions& options) {
  std::string labels;
  for_parts(data.size(Split::train), [&](const Indices& part) {
    for (const std::int32_t label : data.labels(Split::train, part))
      labels += std::to_string(label) + ",";
  });
  std::string key = data.digest() + " " + sha256_hex(labels) + " " + to_text(data.sample_shape()) +
                    " " + std::to_string(data.classes());
  for (const std::size_t units : options.hidden) key += " " + std::to_string(units);
  for (const double number :
       {static_cast<double>(options.epochs), static_cast<double>(options.batch), options.lr})
    key += "; " + write_scalar(number).text;
  return key;
}

nn::MlpOptions layers_of(const ClassifierOptions& options) { return {options.hidden}; }

}  // namespace

// x -> logits [n, classes] of (x - mean) / deviation, over all numbers of the training samples.
struct LabelClassifier::Network {
  Network(const Dataset& data, const ClassifierOptions& options)
      : classes(data.classes()),
        mlp(data.sample_shape(), Shape{data.classes()}, layers_of(options)) {
    mlp.initialise(stream_of("init"));
    double count = 0, sum = 0, squares = 0;
    for_parts(data.size(Split::train), [&](const Indices& part) {
      for (const double value : to_matrix(data.samples(Split::train, part)).values) {
        ++count;
        sum += value;
        squares += value * value;
      }
    });
    mean = sum / count;
    const double variance = squares / count - mean * mean;
    if (variance > 0) deviation = std::sqrt(variance);
  }

  Variable logits(const Tensor& samples, Mode mode) {
    Context context(mode, 0, stream_of("forward"));
    return mlp((Variable(samples) - mean) / deviation, context);
  }

  // The mean of -ln p(label | x).
  Variable loss(const Tensor& samples, const Labels& labels) {
    const Variable y = logits(samples, Mode::train);
    Tensor chosen = zeros(y.shape());
    for (std::size_t i = 0; i < labels.size(); ++i)
      chosen(i, static_cast<std::size_t>(labels[i])) = 1;
    return saddle::mean(logsumexp(y, 1) - sum(y * Variable(std::move(chosen)), 1));
  }

  void train(const Dataset& data, const ClassifierOptions& options);

  std::size_t classes;
  nn::Mlp mlp;
  double mean = 0, deviation = 1;
};

void LabelClassifier::Network::train(const Dataset& data, const ClassifierOptions& options) {
  const std::unique_ptr<Optimizer> adam = OptimizerChoice::standard().make();
  const std::vector<NamedParameter> parameters = mlp.parameters();
  std::vector<std::vector<Tensor>> slots;
  for (const NamedParameter& parameter : parameters)
    slots.emplace_back(adam->slot_names().size(), zeros(parameter.variable->shape()));
  std::int64_t update = 0;
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    const Indices order = shuffled(data.size(Split::train), epoch);
    for (std::size_t first = 0; first < order.size(); first += options.batch) {
      const auto from = order.begin() + static_cast<std::ptrdiff_t>(first);
      const Indices part(
          from, from + static_cast<std::ptrdiff_t>(std::min(options.batch, order.size() - first)));
      std::vector<Variable> weights;
      for (const NamedParameter& parameter : parameters) weights.push_back(*parameter.variable);
      const std::vector<Variable> gradients =
          grad(loss(data.samples(Split::train, part), data.labels(Split::train, part)), weights);
      ++update;
      for (std::size_t i = 0; i < parameters.size(); ++i)
        *parameters[i].variable = Variable::leaf(
            adam->step(weights[i].value(), gradients[i].value(), slots[i], update, options.lr));
    }
  }
}

LabelClassifier::LabelClassifier(const Dataset& data, const ClassifierOptions& options)
    : network_(std::make_unique<Network>(data, options)) {
  network_->train(data, options);
  double right = 0;
  const std::size_t count = data.size(Split::test);
  for_parts(count, [&](const Indices& part) {
    const Matrix found = probabilities(data.samples(Split::test, part));
    const Labels labels = data.labels(Split::test, part);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const double* row = found.row(i);
      if (std::max_element(row, row + found.columns) - row == labels[i]) ++right;
    }
  });
  test_accuracy_ =
      count > 0 ? right / static_cast<double>(count) : std::numeric_limits<double>::quiet_NaN();
}

LabelClassifier::~LabelClassifier() = default;

std::shared_ptr<const LabelClassifier> LabelClassifier::of(const Dataset& data,
                                                           const ClassifierOptions& options) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const LabelClassifier>> trained;
  if (data.classes() == 0)
    throw SpecError("a classifier needs labels, and the dataset has none. Give it labels.");
  const std::lock_guard<std::mutex> lock(mutex);
  auto& found = trained[key_of(data, options)];
  if (!found) found.reset(new LabelClassifier(data, options));
  return found;
}

Matrix LabelClassifier::probabilities(const Tensor& samples) const {
  const NoHistory pause;
  const std::size_t n = samples.shape(0);
  Matrix found(n, network_->classes);
  for_parts(n, [&](const Indices& part) {
    const Tensor x = rows(samples, part.front(), part.back() + 1);
    const Matrix y = to_matrix(network_->logits(x, Mode::evaluate).value());
    for (std::size_t i = 0; i < y.rows; ++i) {
      double* p = found.row(part[i]);
      const double largest = *std::max_element(y.row(i), y.row(i) + y.columns);
      double sum = 0;
      for (std::size_t k = 0; k < y.columns; ++k) sum += p[k] = std::exp(y.row(i)[k] - largest);
      // A rectifier may turn infinity into 0.
      if (!all_finite(rows(x, i, i + 1))) sum = std::numeric_limits<double>::quiet_NaN();
      for (std::size_t k = 0; k < y.columns; ++k) p[k] /= sum;
    }
  });
  return found;
}

}  // namespace saddle
