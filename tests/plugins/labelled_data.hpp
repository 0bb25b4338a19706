#pragma once

#include <saddle/plugin/label_classifier.hpp>

#include "plugins/make_plugin.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Small data with labels, and how a classifier of them is trained quickly.
namespace saddle::test {

// Numbers with a label each, the same in both splits. The digest names the data.
class Labelled final : public Dataset {
 public:
  Labelled(std::vector<double> numbers, Labels labels, std::string digest, std::size_t classes = 2)
      : numbers_(std::move(numbers)),
        labels_(std::move(labels)),
        digest_(std::move(digest)),
        classes_(classes) {}
  Shape sample_shape() const override { return {1}; }
  std::size_t size(Split) const override { return numbers_.size(); }
  Tensor samples(Split, const Indices& indices) const override {
    Tensor out = empty({indices.size(), 1});
    for (std::size_t i = 0; i < indices.size(); ++i)
      out(i, 0) = static_cast<Scalar>(numbers_[indices[i]]);
    return out;
  }
  std::string digest() const override { return digest_; }
  std::size_t classes() const override { return classes_; }
  Labels labels(Split, const Indices& indices) const override {
    Labels found;
    for (const std::size_t index : indices) found.push_back(labels_[index]);
    return found;
  }

 private:
  std::vector<double> numbers_;
  Labels labels_;
  std::string digest_;
  std::size_t classes_;
};

// 300 numbers around 0, 1 and 2 in turn, times `unit`; the label says around which.
inline Labelled three_heaps(const std::string& digest, double unit = 1) {
  std::vector<double> numbers(300);
  RandomStream(1, "heaps").normals(0, numbers.size(), numbers.data());
  Labels labels;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    labels.push_back(static_cast<std::int32_t>(i % 3));
    numbers[i] = unit * (static_cast<double>(i % 3) + 0.05 * numbers[i]);
  }
  return {std::move(numbers), std::move(labels), digest, 3};
}

inline ClassifierOptions quick(std::size_t epochs = 40) {
  ClassifierOptions options;
  options.hidden = {16};
  options.epochs = epochs;
  options.batch = 30;
  options.lr = 0.02;
  return options;
}

inline Tensor column(const std::vector<double>& numbers) {
  return tensor({numbers.size(), 1}, numbers);
}

}  // namespace saddle::test
