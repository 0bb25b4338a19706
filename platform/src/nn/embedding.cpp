#include <saddle/nn/embedding.hpp>

#include <saddle/autograd/ops/linear.hpp>
#include <saddle/base/error.hpp>

#include <utility>

namespace saddle::nn {

Tensor one_hot(const PoolVector<std::int32_t>& labels, std::size_t classes) {
  Tensor rows = zeros({labels.size(), classes});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto label = static_cast<std::size_t>(labels[i]);
    if (labels[i] < 0 || label >= classes)
      throw PluginError("label " + std::to_string(labels[i]) + " of row " + std::to_string(i) +
                        " is not one of the " + std::to_string(classes) + " classes from 0.");
    rows(i, label) = 1;
  }
  return rows;
}

Embedding::Embedding(std::size_t classes, std::size_t size, Initialiser weight, bool spectral_norm)
    : weight_(parameter("weight", {classes, size}, std::move(weight))) {
  if (spectral_norm) spectral_norm_ = &add<SpectralNorm>("spectral_norm", size);
}

Embedding::~Embedding() = default;

Variable Embedding::operator()(const PoolVector<std::int32_t>& labels, Context& context) {
  const Variable weight = spectral_norm_ ? (*spectral_norm_)(weight_, context) : weight_;
  return matmul(Variable(one_hot(labels, weight_.shape()[0])), weight);
}

}  // namespace saddle::nn
