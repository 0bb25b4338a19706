#include <saddle/info/cross_entropy.hpp>
#include <saddle/info/neighbour_entropy.hpp>

#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// KL divergences of real and generated samples from the distances to their nearest neighbours, and,
// where the density of the data is known, KL(generated || data) by it, which needs an estimate of
// the generated samples' entropy alone. In two dimensions the forward one follows lost modes; the
// reverse one is far too low where the generator leaves the data's support, and a rank rather than
// a number.
class KlNeighbours final : public Metric {
 public:
  struct Options : EstimateOptions {
    std::size_t k = 5;
    bool adaptive = false, density = false;
    static void describe(Schema& s) {
      s.field(&Options::k, "k", "which neighbour the distance is to").range(1, 1000);
      s.field(&Options::adaptive, "adaptive",
              "as many neighbours on either side as lie within one radius");
      s.field(&Options::density, "density",
              "also KL(generated || data) by the known density of the data");
      describe_estimates<Options>(s);
    }
  };
  KlNeighbours(const Options& options, const MetricSetup& setup)
      : options_(options), samples_(setup.samples), shape_(setup.shapes.sample) {
    require_samples(setup, options.k + 1);
  }

  std::vector<Need> needs() const override { return {Need::real, Need::generated, Need::truth}; }
  std::vector<std::string> needs_offered() const override {
    if (options_.density) return {"log-density"};
    return {};
  }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  EstimateCurve between(const std::string& name, const std::string& definition) const;
  EstimateCurve by_density(const Dataset* data) const;

  Options options_;
  std::size_t samples_;
  Shape shape_;
};

EstimateCurve KlNeighbours::between(const std::string& name, const std::string& definition) const {
  const auto estimate =
      options_.adaptive ? info::wang_kulkarni_verdu_adaptive : info::wang_kulkarni_verdu;
  info::Estimator estimator;
  estimator.quantity = info::Quantity::kl;
  estimator.value = [estimate, k = options_.k](const info::Sample& sample) {
    return estimate(sample.x, sample.y, k).value;
  };
  estimator.least_rows = [k = options_.k](const info::Sample&) { return k + 1; };
  return {name,
          std::move(estimator),
          options_,
          {{"definition", definition},
           {"estimator",
            options_.adaptive ? "Wang-Kulkarni-Verdu, adaptive k" : "Wang-Kulkarni-Verdu, fixed k"},
           {"k", std::to_string(options_.k)},
           {"n", std::to_string(samples_)}}};
}

// `data` may be none where only the series are asked for.
EstimateCurve KlNeighbours::by_density(const Dataset* data) const {
  info::Estimator estimator;
  // Of one sample, and not below 0.
  estimator.quantity = info::Quantity::entropy;
  estimator.value = [data, k = options_.k, row = shape_](const info::Sample& sample) {
    Shape shape = row;
    shape.insert(shape.begin(), sample.x.rows);
    return info::kl_to_density(sample.x, data->log_density(tensor(shape, sample.x.values)).value(),
                               k);
  };
  estimator.least_rows = [k = options_.k](const info::Sample&) { return k + 1; };
  return {"reverse-by-density",
          std::move(estimator),
          options_,
          {{"definition", "KL(generated || data) by the data's density"},
           {"estimator", "less the mean log density, less Kozachenko-Leonenko's entropy"},
           {"k", std::to_string(options_.k)},
           {"n", std::to_string(samples_)}}};
}

std::vector<SeriesInfo> KlNeighbours::series() const {
  std::vector<SeriesInfo> all;
  between("forward", "KL(real || generated)").declare(all);
  between("reverse", "KL(generated || real)").declare(all);
  if (options_.density) by_density(nullptr).declare(all);
  return all;
}

std::vector<double> KlNeighbours::evaluate(const Snapshot& snapshot) const {
  const Matrix real = to_matrix(snapshot.real()), generated = to_matrix(snapshot.generated());
  std::vector<double> values;
  between("forward", "").evaluate({real, generated}, snapshot.random(), values);
  between("reverse", "").evaluate({generated, real}, snapshot.random(), values);
  if (options_.density)
    by_density(&snapshot.truth()).evaluate({generated, Matrix(0, 0)}, snapshot.random(), values);
  return values;
}

}  // namespace

SADDLE_PLUGIN(metric, KlNeighbours, "kl-neighbours",
              "KL of real and generated samples, from nearest neighbours");
