#include <saddle/info/gaussian_channel.hpp>
#include <saddle/info/neighbour_information.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;

// I(latent part or code; generated sample) and I(label; real sample) from nearest neighbours, by an
// estimator that takes numbers, categories and mixtures of both. The information of a latent that
// has a density is infinite without noise: the sample gets some, of stated size.
class MiNeighbours final : public Metric {
 public:
  struct Options : EstimateOptions {
    std::string between = "latent", part;
    std::size_t k = 3;
    std::optional<double> sigma;
    static void describe(Schema& s) {
      s.field(&Options::between, "between",
              "what the sample is compared with: latent, for generated samples, or label, for real "
              "ones")
          .choices({"latent", "label"});
      s.field(&Options::part, "part", "of the latent; the first one by default");
      s.field(&Options::k, "k", "which neighbour the distance is to").range(1, 1000);
      s.field(&Options::sigma, "sigma",
              "deviation of the normal noise on each number of the sample; by default 0.1 for a "
              "latent part that has a density, and none for categories and labels")
          .range(0, 1e6);
      describe_estimates<Options>(s);
    }
  };
  MiNeighbours(const Options& options, const MetricSetup& setup);

  std::vector<Need> needs() const override {
    if (of_labels()) return {Need::real, Need::labels, Need::truth};
    return {Need::generated, Need::latent};
  }
  std::vector<std::string> needs_offered() const override {
    if (of_labels()) return {"labels"};
    return {};
  }
  std::vector<SeriesInfo> series() const override {
    std::vector<SeriesInfo> all;
    curve().declare(all);
    return all;
  }
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  bool of_labels() const { return options_.between == "label"; }
  EstimateCurve curve() const;

  Options options_;
  std::size_t samples_;
  double sigma_ = 0;
};

MiNeighbours::MiNeighbours(const Options& options, const MetricSetup& setup)
    : options_(options), samples_(setup.samples) {
  bool has_density = false;
  if (!of_labels()) {
    const std::string& wanted = options.part;
    const LatentPart part =
        latent_parts(setup.shapes,
                     wanted.empty() ? std::vector<std::string>{} : std::vector{wanted}, "part")
            .front();
    options_.part = part.name;
    constexpr const char* kDiscrete[] = {"categorical", "label", "codebook"};
    has_density =
        std::find(std::begin(kDiscrete), std::end(kDiscrete), part.law) == std::end(kDiscrete);
  }
  sigma_ = options.sigma.value_or(has_density ? 0.1 : 0);
}

EstimateCurve MiNeighbours::curve() const {
  info::Estimator estimator;
  estimator.quantity = info::Quantity::mi;
  estimator.value = [k = options_.k](const info::Sample& sample) {
    return info::mixed_ksg(sample.x, sample.y, {k, true}).value;
  };
  estimator.least_rows = [k = options_.k](const info::Sample&) { return k + 1; };
  estimator.takes_ties = true;
  const std::string what = of_labels() ? "label" : "latent part " + options_.part;
  return {"value",
          std::move(estimator),
          options_,
          {{"definition", "I(" + what + "; sample" + (sigma_ > 0 ? " + noise)" : ")")},
           {"estimator", "Gao et al. 2017, for numbers and categories"},
           {"k", std::to_string(options_.k)},
           {"sigma", write_scalar(sigma_).text},
           {"n", std::to_string(samples_)}}};
}

// Labels as corners of a simplex, each as far from the others: n -> [n, classes]
Matrix one_hot(const Labels& labels, std::size_t classes) {
  Matrix corners(labels.size(), classes);
  for (std::size_t i = 0; i < labels.size(); ++i)
    corners.row(i)[static_cast<std::size_t>(labels[i])] = 1;
  return corners;
}

std::vector<double> MiNeighbours::evaluate(const Snapshot& snapshot) const {
  const Matrix samples = to_matrix(of_labels() ? snapshot.real() : snapshot.generated());
  const Matrix others = of_labels() ? one_hot(snapshot.labels(), snapshot.truth().classes())
                                    : to_matrix(snapshot.latent().part(options_.part).value());
  std::vector<double> values;
  curve().evaluate({others, info::add_noise(samples, sigma_, snapshot.random().child("noise"))},
                   snapshot.random(), values);
  return values;
}

}  // namespace

SADDLE_PLUGIN(metric, MiNeighbours, "mi-neighbours",
              "mutual information of a latent part, or of the label, and the sample, from nearest "
              "neighbours");
