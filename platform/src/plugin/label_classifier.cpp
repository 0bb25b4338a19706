#include <saddle/plugin/label_classifier.hpp>

#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>

#include "base/machine.hpp"
#include "io/result_cache.hpp"
#include "plugin/label_network.hpp"
#include "tensor/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>

namespace saddle {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

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

// What its bits depend on besides: the code that trains it, and the kernels that the libraries
// choose here.
std::string kept_key(const std::string& key) {
  std::string found = "label-classifier " + key + "; " + sha256_file(library_path()) + "; " +
                      processor_name() + "; " + kernels::matmul_library();
  for (const SpeedVariable& variable : speed_variables())
    found += "; " + variable.name + "=" + variable.value;
  return found;
}

// One part of what the network makes of each sample; NaN for samples that are not finite, since a
// rectifier may turn infinity into 0.
Matrix rows_of(LabelNetwork& network, const Tensor& samples, Variable nn::Mlp::Pass::*part) {
  const NoHistory pause;
  Matrix found(0, 0);
  for_parts(samples.shape(0), [&](const Indices& indices) {
    const Tensor x = rows(samples, indices.front(), indices.back() + 1);
    Matrix y = to_matrix((network.run(x).*part).value());
    for (std::size_t i = 0; i < y.rows; ++i)
      if (!all_finite(rows(x, i, i + 1))) std::fill_n(y.row(i), y.columns, kNan);
    found.rows += y.rows;
    found.columns = y.columns;
    found.values.insert(found.values.end(), y.values.begin(), y.values.end());
  });
  return found;
}

}  // namespace

std::string describe(const ClassifierOptions& options) {
  std::string classifier = "mlp";
  for (const std::size_t units : options.hidden) classifier += " " + std::to_string(units);
  return classifier + ", " + std::to_string(options.epochs) + " epochs of batches of " +
         std::to_string(options.batch) + ", Adam " + write_scalar(options.lr).text;
}

LabelClassifier::LabelClassifier(const Dataset& data, const ClassifierOptions& options,
                                 const std::string& key)
    : network_(std::make_unique<LabelNetwork>(data, options)) {
  const std::string in_cache = kept_key(key);
  if (const auto kept = find_kept(in_cache, network_->bytes().size())) {
    network_->restore(*kept);
  } else {
    network_->train(data, options);
    keep(in_cache, network_->bytes());
  }
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
  test_accuracy_ = count > 0 ? right / static_cast<double>(count) : kNan;
}

LabelClassifier::~LabelClassifier() = default;

std::shared_ptr<const LabelClassifier> LabelClassifier::of(const Dataset& data,
                                                           const ClassifierOptions& options) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const LabelClassifier>> trained;
  if (data.classes() == 0)
    throw SpecError("a classifier needs labels, and the dataset has none. Give it labels.");
  const std::lock_guard<std::mutex> lock(mutex);
  const std::string key = key_of(data, options);
  auto& found = trained[key];
  if (!found) found.reset(new LabelClassifier(data, options, key));
  return found;
}

Matrix LabelClassifier::probabilities(const Tensor& samples) const {
  Matrix found = rows_of(*network_, samples, &nn::Mlp::Pass::output);
  for (std::size_t i = 0; i < found.rows; ++i) {
    double* p = found.row(i);
    const double largest = *std::max_element(p, p + found.columns);
    double sum = 0;
    for (std::size_t k = 0; k < found.columns; ++k) sum += p[k] = std::exp(p[k] - largest);
    for (std::size_t k = 0; k < found.columns; ++k) p[k] /= sum;
  }
  return found;
}

Matrix LabelClassifier::features(const Tensor& samples) const {
  return rows_of(*network_, samples, &nn::Mlp::Pass::features);
}

}  // namespace saddle
