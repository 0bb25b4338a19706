#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/pool.hpp>
#include <saddle/plugin/batch.hpp>

#include <string_view>
#include <utility>

namespace saddle {

// The latent of a batch, by named part, each [n, size].
class Latent {
 public:
  using Parts = PoolVector<std::pair<PoolString, Variable>>;
  // At least one part; all of the same n. `labels` are those that a part of law label holds.
  explicit Latent(Parts parts, Labels labels = {})
      : parts_(std::move(parts)), labels_(std::move(labels)) {}

  std::size_t count() const { return parts_.front().second.shape()[0]; }
  const Parts& parts() const { return parts_; }
  bool has(std::string_view name) const;
  // One part [n, size]. Throws PluginError where there is none of that name.
  const Variable& part(std::string_view name) const;
  // All parts side by side, in the order of the spec: [n, latent].
  Variable joined() const;
  // The classes that samples are asked for: n, or none where no part is of law label.
  const Labels& labels() const { return labels_; }

 private:
  Parts parts_;
  Labels labels_;
};

}  // namespace saddle
