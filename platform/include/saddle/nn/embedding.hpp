#pragma once

#include <saddle/base/pool.hpp>
#include <saddle/nn/spectral_norm.hpp>

#include <cstdint>

namespace saddle::nn {

// Rows of the identity: n labels below `classes` -> [n, classes]. Throws PluginError for others.
Tensor one_hot(const PoolVector<std::int32_t>& labels, std::size_t classes);

// A trained vector for each class: n labels -> [n, size], the rows of weight [classes, size], or of
// weight / sigma(weight) with spectral normalisation.
class SADDLE_API Embedding final : public Module {
 public:
  Embedding(std::size_t classes, std::size_t size, Initialiser weight, bool spectral_norm = false);
  ~Embedding() override;
  // Throws PluginError for a label that is no class.
  Variable operator()(const PoolVector<std::int32_t>& labels, Context& context);

 private:
  Variable& weight_;
  SpectralNorm* spectral_norm_ = nullptr;
};

}  // namespace saddle::nn
