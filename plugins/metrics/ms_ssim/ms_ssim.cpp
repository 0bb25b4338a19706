#include <saddle/info/ms_ssim.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;

// How alike generated images are to each other (Odena, Olah and Shlens 2017): the mean multi-scale
// structural similarity of rows 0 and 1, 2 and 3, and so on. A generator that has collapsed makes
// images more alike than real ones are; it says nothing of their quality.
class MsSsimMetric final : public Metric {
 public:
  MsSsimMetric(const NoOptions&, const MetricSetup& setup)
      : shape_(image_shape(setup.shapes.sample)),
        samples_(setup.samples),
        similarity_(shape_[0], shape_[1], shape_[2]) {}

  std::vector<Need> needs() const override { return {Need::real, Need::generated, Need::truth}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  // [height, width, channels]
  static Shape image_shape(const Shape& sample);

  Shape shape_;
  std::size_t samples_;
  info::MsSsim similarity_;
};

Shape MsSsimMetric::image_shape(const Shape& sample) {
  if (sample.size() == 2) return {sample[0], sample[1], 1};
  if (sample.size() == 3) return sample;
  throw SpecError("samples " + to_text(sample) +
                  " are no images: expected [height, width] or [height, width, channels].");
}

std::vector<SeriesInfo> MsSsimMetric::series() const {
  std::string weights;
  for (const double weight : similarity_.weights())
    weights += (weights.empty() ? "" : ", ") + write_scalar(std::round(weight * 1e4) / 1e4).text;
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "1",
                      {{"definition", std::move(definition)},
                       {"scales", std::to_string(similarity_.weights().size())},
                       {"weights", weights},
                       {"range", "that of the training samples"},
                       {"pairs", std::to_string(samples_ / 2)},
                       {"n", std::to_string(samples_)}}};
  };
  return {info("generated", "mean MS-SSIM of two generated images, 1 where all are equal"),
          info("real", "mean MS-SSIM of two real images")};
}

std::vector<double> MsSsimMetric::evaluate(const Snapshot& snapshot) const {
  const Dataset& data = snapshot.truth();
  const Tensor x =
      spread_rows(data, Split::train, std::min<std::size_t>(data.size(Split::train), 10000))
          .x.value();
  const auto [low, high] = std::minmax_element(x.data(), x.data() + x.size());
  const auto from = static_cast<double>(*low), range = static_cast<double>(*high) - from;
  const auto mean_similarity = [&](const Tensor& images) {
    Matrix pixels = to_matrix(images);
    for (double& pixel : pixels.values) pixel -= from;
    return similarity_.over_pairs(pixels, range);
  };
  return {mean_similarity(snapshot.generated()), mean_similarity(snapshot.real())};
}

}  // namespace

SADDLE_PLUGIN(metric, MsSsimMetric, "ms-ssim",
              "how alike generated images are, by their multi-scale structural similarity");
