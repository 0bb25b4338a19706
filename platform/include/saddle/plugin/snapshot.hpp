#pragma once

#include <saddle/base/export.hpp>
#include <saddle/plugin/dataset.hpp>
#include <saddle/plugin/discriminator.hpp>
#include <saddle/plugin/latent.hpp>
#include <saddle/plugin/series.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// What a metric may ask to see.
enum class Need { real, generated, latent, labels, truth, discriminator, layers, losses };

// The state of training at one step, for reading, with the players in evaluation mode. It holds
// what the metric's needs() name; asking for more throws PluginError.
class SADDLE_API Snapshot {
 public:
  // What the host provides; what a metric does not need stays empty.
  struct Content {
    std::int64_t step = 0;
    RandomStream stream;
    std::optional<Tensor> real = {}, generated = {};
    std::optional<Labels> labels = {};
    std::optional<Latent> latent = {};
    const Dataset* truth = nullptr;
    std::function<Outputs(const Batch&)> discriminate = {};
    std::function<Tensor(const Batch&, const std::string&)> layer = {};
    std::optional<SeriesValues> losses = {};
    // What the discriminator gets with real and generated samples.
    Labels real_condition = {}, generated_condition = {};
  };
  explicit Snapshot(Content content);

  std::int64_t step() const { return content_.step; }
  // The metric's own stream at this step.
  const RandomStream& random() const { return content_.stream; }
  const Tensor& real() const;       // [samples, sample...], rows of the training data
  const Labels& labels() const;     // of real()
  const Tensor& generated() const;  // [samples, sample...]
  const Latent& latent() const;     // of generated()
  const Dataset& truth() const;     // its log_density and modes
  // real() and generated() as the discriminator gets them in training: with the labels of the data,
  // and with those that the latent asks for.
  Batch real_batch() const;
  Batch generated_batch() const;
  // The discriminator on [n, sample...] -> its outputs.
  Outputs discriminate(const Batch& batch) const;
  // What the discriminator's layer at a module path returns for [n, sample...].
  Tensor layer(const Batch& batch, const std::string& path) const;
  // The last logged values under /losses, by series.
  const SeriesValues& losses() const;

 private:
  Content content_;
};

}  // namespace saddle
