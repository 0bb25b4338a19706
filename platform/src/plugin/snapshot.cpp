#include <saddle/plugin/snapshot.hpp>

#include <saddle/base/error.hpp>

#include <utility>

namespace saddle {
namespace {

template <class T>
const T& given(const std::optional<T>& content, const char* what) {
  if (!content)
    throw PluginError(std::string("the metric uses ") + what + " and does not name it in needs()");
  return *content;
}

}  // namespace

Snapshot::Snapshot(Content content) : content_(std::move(content)) {}

const Tensor& Snapshot::real() const { return given(content_.real, "real"); }
const Labels& Snapshot::labels() const { return given(content_.labels, "labels"); }
const Tensor& Snapshot::generated() const { return given(content_.generated, "generated"); }
const Latent& Snapshot::latent() const { return given(content_.latent, "latent"); }
const SeriesValues& Snapshot::losses() const { return given(content_.losses, "losses"); }

const Dataset& Snapshot::truth() const {
  if (!content_.truth) throw PluginError("the metric uses truth and does not name it in needs()");
  return *content_.truth;
}

Batch Snapshot::real_batch() const { return {Variable(real()), content_.real_condition}; }
Batch Snapshot::generated_batch() const {
  return {Variable(generated()), content_.generated_condition};
}

Outputs Snapshot::discriminate(const Batch& batch) const {
  if (!content_.discriminate)
    throw PluginError("the metric uses discriminator and does not name it in needs()");
  return content_.discriminate(batch);
}

Tensor Snapshot::layer(const Batch& batch, const std::string& path) const {
  if (!content_.layer) throw PluginError("the metric uses layers and does not name it in needs()");
  return content_.layer(batch, path);
}

}  // namespace saddle
