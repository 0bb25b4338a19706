#include <saddle/plugin/array_dataset.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saddle {
namespace {

constexpr double kMostClasses = 1e6;

template <class Array>
Shape shape_of_samples(const Array& array, const std::string& source) {
  if (!array.shape.empty() && array.shape[0] == 0)
    throw DataError(source + ": has no rows; samples are needed.");
  if (array.shape.empty() || array.values.empty())
    throw DataError(source + ": expected samples [n, ...], found an array of shape " +
                    shape_text(array.shape) + ".");
  Shape shape(array.shape.begin() + 1, array.shape.end());
  if (shape.empty()) shape = {1};
  return shape;
}

// The index of an element, row major: "[3, 0]".
std::string place_in(const std::vector<std::uint64_t>& shape, std::size_t index) {
  std::vector<std::uint64_t> place(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0; index /= shape[axis])
    place[axis] = index % shape[axis];
  return shape_text(place);
}

void check_numbers(const NumberArray& samples, const std::string& source) {
  for (std::size_t i = 0; i < samples.values.size(); ++i) {
    const double value = samples.values[i];
    if (std::isfinite(static_cast<Scalar>(value))) continue;
    const std::string where = source + ": the number at " + place_in(samples.shape, i);
    if (!std::isfinite(value))
      throw DataError(where + " is not finite. Mend it, or leave its sample out.");
    throw DataError(where + ", " + number_text(value) +
                    ", is beyond the range of float; the largest is 3.4e38. Rescale it.");
  }
}

// An empty file of labels is a fault; no labels and no source of them is a choice.
void check_labels(const std::vector<double>& labels, std::uint64_t samples,
                  const std::string& samples_source, const std::string& labels_source) {
  if (labels.empty() && labels_source.empty()) return;
  const std::string& source = labels_source.empty() ? samples_source : labels_source;
  if (labels.size() != samples)
    throw DataError(source + ": expected one label for each of " + std::to_string(samples) +
                    " samples, found " + std::to_string(labels.size()) + ".");
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (!(labels[i] >= 0 && labels[i] < kMostClasses && labels[i] == std::floor(labels[i])))
      throw DataError(source + ": label " + std::to_string(i) + ": expected a class from 0 to " +
                      number_text(kMostClasses - 1) + ", found " + number_text(labels[i]) + ".");
}

}  // namespace

ArrayDataset::ArrayDataset(NumberArray samples, std::vector<double> labels,
                           const std::string& source, const ArrayOptions& options,
                           const std::string& labels_source)
    : shape_(shape_of_samples(samples, source)), width_(saddle::element_count(shape_)) {
  check_numbers(samples, source);
  check_labels(labels, samples.shape[0], source, labels_source);
  values_.reserve(samples.values.size());
  for (const double value : samples.values) values_.push_back(static_cast<Scalar>(value));
  take_labels(labels);
  prepare(options, samples.shape[0]);
}

ArrayDataset::ArrayDataset(ByteArray samples, const std::vector<double>& labels,
                           const std::string& source, const ArrayOptions& options,
                           const std::string& labels_source)
    : shape_(shape_of_samples(samples, source)),
      width_(saddle::element_count(shape_)),
      bytes_(std::move(samples.values)) {
  check_labels(labels, samples.shape[0], source, labels_source);
  take_labels(labels);
  prepare(options, samples.shape[0]);
}

ArrayDataset::~ArrayDataset() = default;

void ArrayDataset::take_labels(const std::vector<double>& labels) {
  for (const double label : labels) {
    labels_.push_back(static_cast<std::int32_t>(label));
    classes_ = std::max(classes_, static_cast<std::size_t>(label) + 1);
  }
}

void ArrayDataset::prepare(const ArrayOptions& options, std::size_t count) {
  split(options.test_share, count);
  offsets_.assign(width_, 0);
  factors_.assign(width_, 1);
  find_scaling(options.scale);
}

// Sample i is for tests where another whole number of test samples is due.
void ArrayDataset::split(double test_share, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto due = [&](std::size_t k) { return std::floor(static_cast<double>(k) * test_share); };
    (due(i + 1) > due(i) ? test_ : train_).push_back(i);
  }
}

void ArrayDataset::find_scaling(const std::string& scale) {
  if (scale == "standard") scale_standard();
  if (scale == "unit") scale_to(0, 1);
  if (scale == "symmetric") scale_to(-1, 1);
}

void ArrayDataset::scale_standard() {
  const auto n = static_cast<double>(train_.size());
  std::vector<std::string> means, deviations;
  for (std::size_t j = 0; j < width_; ++j) {
    const auto of_sample = [&](std::size_t i) { return value(i * width_ + j); };
    const double first = of_sample(train_.front());
    const bool varies = std::any_of(train_.begin(), train_.end(),
                                    [&](std::size_t i) { return of_sample(i) != first; });
    double mean = 0, squares = 0;
    for (const std::size_t i : train_) mean += of_sample(i) / n;
    for (const std::size_t i : train_) squares += std::pow(of_sample(i) - mean, 2) / n;
    // A number that never changes becomes 0; its mean is not it to the last digit.
    offsets_[j] = varies ? mean : first;
    factors_[j] = varies ? std::sqrt(squares) : 1;
    means.push_back(number_text(offsets_[j]));
    deviations.push_back(number_text(factors_[j]));
  }
  scaling_ = "(x - [" + join(means, ", ") + "]) / [" + join(deviations, ", ") + "]";
}

void ArrayDataset::scale_to(double low, double high) {
  double smallest = value(train_.front() * width_), largest = smallest;
  for (const std::size_t i : train_)
    for (std::size_t j = 0; j < width_; ++j) {
      smallest = std::min(smallest, value(i * width_ + j));
      largest = std::max(largest, value(i * width_ + j));
    }
  const double factor = largest > smallest ? (largest - smallest) / (high - low) : 1;
  const double offset = smallest - low * factor;
  std::fill(offsets_.begin(), offsets_.end(), offset);
  std::fill(factors_.begin(), factors_.end(), factor);
  scaling_ = "(x - " + number_text(offset) + ") / " + number_text(factor);
}

Tensor ArrayDataset::samples(Split split, const Indices& indices) const {
  Tensor out = empty(with_rows(indices.size(), shape_));
  for (std::size_t row = 0; row < indices.size(); ++row) {
    const std::size_t from = rows(split)[indices[row]] * width_;
    for (std::size_t j = 0; j < width_; ++j)
      out.data()[row * width_ + j] =
          static_cast<Scalar>((value(from + j) - offsets_[j]) / factors_[j]);
  }
  return out;
}

Labels ArrayDataset::labels(Split split, const Indices& indices) const {
  Labels found;
  if (labels_.empty()) return found;
  for (const std::size_t index : indices) found.push_back(labels_[rows(split)[index]]);
  return found;
}

}  // namespace saddle
