#include <saddle/info/gaussian_channel.hpp>
#include <saddle/info/neighbour_information.hpp>
#include <saddle/info/symbols.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>

namespace {
using namespace saddle;

// I(latent part or code; generated sample) and I(label; real sample) from nearest neighbours. The
// information of a latent that has a density is infinite without noise: the sample gets some, of
// stated size.
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
    if (of_labels()) return {Need::real, Need::labels};
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
  bool of_symbols_;
  double sigma_ = 0;
};

MiNeighbours::MiNeighbours(const Options& options, const MetricSetup& setup)
    : options_(options), samples_(setup.samples), of_symbols_(of_labels()) {
  require_samples(setup, options.k + 1);
  bool has_density = false;
  if (!of_labels()) {
    const std::string& wanted = options.part;
    const LatentPart part =
        latent_parts(setup.shapes,
                     wanted.empty() ? std::vector<std::string>{} : std::vector{wanted}, "part")
            .front();
    options_.part = part.name;
    of_symbols_ = part.law == "categorical" || part.law == "label";
    has_density = !of_symbols_ && part.law != "codebook";
  }
  sigma_ = options.sigma.value_or(has_density ? 0.1 : 0);
}

EstimateCurve MiNeighbours::curve() const {
  info::Estimator estimator;
  estimator.quantity = info::Quantity::mi;
  estimator.value = [k = options_.k, of_symbols = of_symbols_](const info::Sample& sample) {
    const info::Neighbours neighbours{k, true};
    return of_symbols ? info::label_ksg(info::symbols_of(sample.x), sample.y, neighbours).value
                      : info::mixed_ksg(sample.x, sample.y, neighbours).value;
  };
  estimator.least_rows = [k = options_.k](const info::Sample&) { return k + 1; };
  estimator.takes_ties = true;
  const std::string what = of_labels() ? "label" : "latent part " + options_.part;
  return {"value",
          std::move(estimator),
          options_,
          {{"definition", "I(" + what + "; sample" + (sigma_ > 0 ? " + noise)" : ")")},
           {"estimator", of_symbols_ ? "Ross 2014, neighbours of the same category"
                                     : "Gao et al. 2017, for numbers that may repeat"},
           {"k", std::to_string(options_.k)},
           {"sigma", write_scalar(sigma_).text},
           {"n", std::to_string(samples_)}}};
}

// n -> [n, 1]
Matrix column(const Labels& labels) {
  Matrix points(labels.size(), 1);
  std::copy(labels.begin(), labels.end(), points.values.begin());
  return points;
}

std::vector<double> MiNeighbours::evaluate(const Snapshot& snapshot) const {
  const Matrix samples = to_matrix(of_labels() ? snapshot.real() : snapshot.generated());
  const Matrix others = of_labels() ? column(snapshot.labels())
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
