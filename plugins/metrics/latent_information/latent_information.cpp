#include <saddle/info/gaussian_channel.hpp>

#include <saddle/saddle.hpp>

#include <cmath>

namespace {
using namespace saddle;

// I(z; x + noise) of the samples x = G(z) between two bounds. Without noise the information of a
// latent that has a density is infinite, and an estimate of it shows the estimator's own ceiling;
// with normal noise of stated size that of x and x + noise needs no critic, since its conditional
// density is known. It is the latent's for a generator that draws nothing else; for one that does,
// it is more, and bounds the latent's from above alone.
class LatentInformation final : public Metric {
 public:
  struct Options {
    double sigma = 0.1;
    static void describe(Schema& s) {
      s.field(&Options::sigma, "sigma",
              "deviation of the normal noise on each number of a sample, in the sample's units")
          .range(1e-6, 1e6);
    }
  };
  LatentInformation(const Options& options, const MetricSetup& setup)
      : sigma_(options.sigma), samples_(setup.samples) {
    require_samples(setup, 2);
  }

  std::vector<Need> needs() const override { return {Need::generated}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  double sigma_;
  std::size_t samples_;
};

std::vector<SeriesInfo> LatentInformation::series() const {
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{
        std::move(name),
        "nats",
        {{"definition", std::move(definition)},
         {"estimator", "the noise's own density against that from the other samples' means"},
         {"sigma", write_scalar(sigma_).text},
         {"n", std::to_string(samples_)}}};
  };
  return {info("lower",
               "a lower bound on I(sample; sample + noise), which is I(latent; sample + noise) "
               "where the "
               "generator draws no noise of its own"),
          info("upper", "an upper bound on I(latent; sample + noise)"),
          info("ceiling", "ln n, which the lower bound cannot exceed")};
}

std::vector<double> LatentInformation::evaluate(const Snapshot& snapshot) const {
  const Matrix samples = to_matrix(snapshot.generated());
  const Matrix noisy = info::add_noise(samples, sigma_, snapshot.random().child("noise"));
  const info::ChannelBounds bounds = info::channel_information(samples, noisy, sigma_);
  return {bounds.lower, bounds.upper, std::log(static_cast<double>(samples.rows))};
}

}  // namespace

SADDLE_PLUGIN(metric, LatentInformation, "latent-information",
              "bounds on the information of the latent and the sample behind noise");
