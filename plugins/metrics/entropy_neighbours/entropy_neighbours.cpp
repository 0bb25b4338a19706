#include <saddle/info/neighbour_entropy.hpp>

#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The differential entropies of generated and of real samples, from the distances to their nearest
// neighbours. A generator that drops modes has less than the data, one that blurs them more.
class EntropyNeighbours final : public Metric {
 public:
  struct Options : EstimateOptions {
    std::size_t k = 3;
    static void describe(Schema& s) {
      s.field(&Options::k, "k", "which neighbour the distance is to").range(1, 1000);
      describe_estimates<Options>(s);
    }
  };
  EntropyNeighbours(const Options& options, const MetricSetup& setup)
      : generated_(curve("generated", options, setup.samples)),
        real_(curve("real", options, setup.samples)) {
    require_samples(setup, options.k + 1);
  }

  std::vector<Need> needs() const override { return {Need::real, Need::generated}; }
  std::vector<SeriesInfo> series() const override {
    std::vector<SeriesInfo> all;
    generated_.declare(all);
    real_.declare(all);
    return all;
  }
  std::vector<double> evaluate(const Snapshot& snapshot) const override {
    std::vector<double> values;
    const Matrix none(0, 0);
    generated_.evaluate({to_matrix(snapshot.generated()), none}, snapshot.random(), values);
    real_.evaluate({to_matrix(snapshot.real()), none}, snapshot.random(), values);
    return values;
  }

 private:
  static EstimateCurve curve(const std::string& whose, const Options& options, std::size_t n);

  EstimateCurve generated_, real_;
};

EstimateCurve EntropyNeighbours::curve(const std::string& whose, const Options& options,
                                       std::size_t n) {
  info::Estimator estimator;
  estimator.quantity = info::Quantity::entropy;
  estimator.value = [k = options.k](const info::Sample& sample) {
    return info::kozachenko_leonenko(sample.x, k).value;
  };
  estimator.least_rows = [k = options.k](const info::Sample&) { return k + 1; };
  estimator.is_positive = false;
  return {whose,
          std::move(estimator),
          options,
          {{"definition", "differential entropy of " + whose + " samples"},
           {"estimator", "Kozachenko-Leonenko, Euclidean norm"},
           {"k", std::to_string(options.k)},
           {"n", std::to_string(n)}}};
}

}  // namespace

SADDLE_PLUGIN(metric, EntropyNeighbours, "entropy-neighbours",
              "entropies of generated and real samples, from nearest neighbours");
