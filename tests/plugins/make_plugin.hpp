#pragma once

#include <saddle/plugin/plugin.hpp>

#include "places.hpp"
#include "plugin/catalog.hpp"
#include "plugin/registry.hpp"

#include <initializer_list>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// The plugins of the tree, opened as the host opens them.
namespace saddle::test {

inline Value number(double x) { return write_scalar(x); }
inline Value text(const std::string& x) { return Value::scalar(x); }
inline Value list(const std::vector<double>& numbers) {
  return FieldType<std::vector<double>>::write(numbers);
}
inline Value lists(const std::vector<std::vector<double>>& numbers) {
  return FieldType<std::vector<std::vector<double>>>::write(numbers);
}

using Entries = std::initializer_list<std::pair<const char*, Value>>;

template <class Kind>
std::string kind_name() {
  if (std::is_same_v<Kind, kinds::generator>) return "generator";
  if (std::is_same_v<Kind, kinds::discriminator>) return "discriminator";
  if (std::is_same_v<Kind, kinds::loss>) return "loss";
  if (std::is_same_v<Kind, kinds::metric>) return "metric";
  return "dataset";
}

// A plugin with the options that a spec would give it. Throws what the host's reading throws.
template <class Kind>
OpenPlugin<Kind> open(const std::string& name, Entries options) {
  const Catalog catalog({testing::kPluginFolder});
  OpenPlugin<Kind> plugin = open_plugin<Kind>(catalog.find(kind_name<Kind>(), name, "."));
  Value mapping = Value::mapping();
  for (const auto& [key, value] : options) mapping.set(key, value);
  Problems problems("spec");
  read_mapping(mapping, {{&plugin.factory->schema, plugin.options.get()}},
               {plugin.described(), "option", ""}, problems);
  problems.throw_if_any();
  return plugin;
}

template <class Kind>
std::unique_ptr<typename Kind::Contract> make(const std::string& name, Entries options,
                                              const typename Kind::Setup& setup) {
  const OpenPlugin<Kind> plugin = open<Kind>(name, options);
  return plugin.factory->make(plugin.options.get(), setup);
}

template <class Kind>
std::vector<std::string> offers(const std::string& name, Entries options) {
  const OpenPlugin<Kind> plugin = open<Kind>(name, options);
  return plugin.factory->offers(plugin.options.get());
}

inline std::unique_ptr<Dataset> make_dataset(const std::string& name, Entries options,
                                             const std::vector<std::string>& folders = {}) {
  return make<kinds::dataset>(name, options, {RandomStream(1, "data"), folders});
}

// For comparisons: Catch cannot take tensors apart.
inline std::vector<Scalar> elements(const Tensor& x) { return {x.begin(), x.end()}; }

// The first `count` samples of a split.
inline Tensor first(const Dataset& data, Split split, std::size_t count) {
  Indices indices(count);
  for (std::size_t i = 0; i < count; ++i) indices[i] = i;
  return data.samples(split, indices);
}

// A dataset of given samples, with or without modes.
class GivenDataset final : public Dataset {
 public:
  GivenDataset(Tensor train, Tensor test, std::optional<Modes> modes = std::nullopt)
      : train_(std::move(train)), test_(std::move(test)), modes_(std::move(modes)) {}

  Shape sample_shape() const override { return row_shape(train_.shape()); }
  std::size_t size(Split split) const override { return of(split).shape(0); }
  Tensor samples(Split split, const Indices& indices) const override {
    Tensor out = empty(with_rows(indices.size(), sample_shape()));
    const std::size_t row = element_count(sample_shape());
    for (std::size_t i = 0; i < indices.size(); ++i)
      std::copy_n(of(split).data() + indices[i] * row, row, out.data() + i * row);
    return out;
  }
  std::optional<Modes> modes() const override { return modes_; }

 private:
  const Tensor& of(Split split) const { return split == Split::train ? train_ : test_; }
  Tensor train_, test_;
  std::optional<Modes> modes_;
};

inline MetricSetup metric_setup(const Shape& sample, std::size_t samples) {
  return {{{1}, {{"z", 1}}, sample, sample, 0}, samples};
}

inline Snapshot snapshot(const Dataset& truth, const Tensor& real, const Tensor& generated) {
  return Snapshot({0, RandomStream(1, "metric"), real, generated, {}, {}, &truth, {}, {}, {}});
}

}  // namespace saddle::test
