#include <saddle/info/gaussian_channel.hpp>
#include <saddle/info/neighbour_information.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <limits>

namespace {
using namespace saddle;

// The information plane of the discriminator (Tishby and Zaslavsky 2015) over training: what a
// layer T keeps of its input X, real and generated samples in equal parts, and what it tells of
// which of both they are, Y. A deterministic layer keeps all of a continuous input, so that both
// are of T + noise (as Saxe et al. 2018 and Goldfeld et al. 2019 ask), normal and of stated size in
// the units of the layer: a layer whose outputs grow shows as one that keeps more.
class InformationPlane final : public Metric {
 public:
  struct Options {
    std::vector<std::string> layers;
    double sigma = 0.1;
    static void describe(Schema& s) {
      s.field(&Options::layers, "layers", "module paths in the discriminator, as body.0")
          .required();
      s.field(&Options::sigma, "sigma", "deviation of the normal noise on each number of a layer")
          .range(1e-6, 1e6);
    }
  };
  InformationPlane(const Options& options, const MetricSetup& setup)
      : options_(options), samples_(setup.samples) {
    require_samples(setup, 4 * setup.shapes.packing());
    if (options.layers.empty()) throw SpecError("layers: expected at least one.");
    for (const std::string& layer : options.layers)
      if (std::count(options.layers.begin(), options.layers.end(), layer) > 1)
        throw SpecError("layers: '" + layer + "' stands twice.");
  }

  std::vector<Need> needs() const override { return {Need::real, Need::generated, Need::layers}; }
  std::vector<std::string> layers() const override { return options_.layers; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  Options options_;
  std::size_t samples_;
};

std::vector<SeriesInfo> InformationPlane::series() const {
  std::vector<SeriesInfo> all;
  for (const std::string& layer : options_.layers) {
    const auto add = [&](const char* name, const char* definition, const char* estimator) {
      all.push_back({layer + "-" + name,
                     "nats",
                     {{"definition", definition},
                      {"estimator", estimator},
                      {"sigma", write_scalar(options_.sigma).text},
                      {"n", std::to_string(samples_) + " real and as many generated"}}});
    };
    constexpr const char* kChannel = "the noise's own density, against that from the other points";
    add("input-lower", "a lower bound on I(input; layer + noise), at most ln of all n", kChannel);
    add("input-upper", "an upper bound on I(input; layer + noise)", kChannel);
    add("label", "I(real or generated; layer + noise), at most ln 2",
        "Ross 2014, neighbours of the same label, k = 3");
  }
  return all;
}

// The outputs of a layer for real and generated samples, and which they are.
struct Seen {
  Matrix points;
  std::vector<std::size_t> labels;
};

Seen seen_by(const Snapshot& snapshot, const std::string& layer) {
  // With packing a layer has a row for each tuple.
  const Matrix real = to_matrix(snapshot.layer(snapshot.real_batch(), layer));
  const Matrix generated = to_matrix(snapshot.layer(snapshot.generated_batch(), layer));
  Seen seen{real, std::vector<std::size_t>(real.rows, 1)};
  seen.points.rows += generated.rows;
  seen.points.values.insert(seen.points.values.end(), generated.values.begin(),
                            generated.values.end());
  seen.labels.resize(seen.points.rows, 0);
  return seen;
}

std::vector<double> InformationPlane::evaluate(const Snapshot& snapshot) const {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> values;
  for (const std::string& layer : options_.layers) {
    const Seen seen = seen_by(snapshot, layer);
    const Matrix noisy =
        info::add_noise(seen.points, options_.sigma, snapshot.random().child("noise/" + layer));
    const info::ChannelBounds input = info::channel_information(seen.points, noisy, options_.sigma);
    values.insert(values.end(),
                  {input.lower, input.upper,
                   all_finite(noisy) ? info::label_ksg(seen.labels, noisy).value : kNan});
  }
  return values;
}

}  // namespace

SADDLE_PLUGIN(metric, InformationPlane, "information-plane",
              "what the discriminator's layers keep of their input and of real or generated");
