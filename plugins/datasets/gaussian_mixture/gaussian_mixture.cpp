#include <saddle/saddle.hpp>

#include <algorithm>
#include <numeric>

namespace {
using namespace saddle;

// Isotropic Gaussians of any dimension, given one by one.
class GaussianMixture final : public MixtureDataset {
 public:
  struct Options {
    std::vector<std::vector<double>> means;
    std::vector<double> sigmas = {1}, weights;
    std::size_t points = 100000;
    static void describe(Schema& s) {
      s.field(&Options::means, "means", "the centre of each Gaussian, a list of lists")
          .range(-1e6, 1e6)
          .required();
      s.field(&Options::sigmas, "sigmas", "standard deviations: one for each Gaussian, or for all")
          .range(1e-9, 1e6);
      s.field(&Options::weights, "weights",
              "in proportion to the samples of each Gaussian; equal where none are given")
          .range(1e-9, 1e9);
      s.field(&Options::points, "points", "training samples, drawn once").range(1, 1 << 28);
    }
  };
  static std::vector<std::string> offers(const Options&) {
    return {"labels", "modes", "log-density"};
  }
  GaussianMixture(const Options& options, const DataSource& source)
      : MixtureDataset(mixture(options), options.points, source) {}

 private:
  static Modes mixture(const Options& o) {
    return {centres(o.means), one_for_each("sigmas", o.sigmas, o.means.size()), weights(o)};
  }

  // A list of lists -> [modes, dimension]
  static Tensor centres(const std::vector<std::vector<double>>& means) {
    if (means.empty()) throw SpecError("means: expected at least one, found none.");
    const std::size_t dimension = means[0].size();
    if (dimension == 0) throw SpecError("means[0]: expected at least one number, found none.");
    Tensor centres = empty({means.size(), dimension});
    for (std::size_t k = 0; k < means.size(); ++k) {
      if (means[k].size() != dimension)
        throw SpecError("means[" + std::to_string(k) + "]: expected " + std::to_string(dimension) +
                        " numbers like means[0], found " + std::to_string(means[k].size()) + ".");
      for (std::size_t j = 0; j < dimension; ++j) centres(k, j) = static_cast<Scalar>(means[k][j]);
    }
    return centres;
  }

  static std::vector<double> one_for_each(const std::string& name, std::vector<double> numbers,
                                          std::size_t modes) {
    if (numbers.size() == 1) numbers.assign(modes, double{numbers[0]});
    if (numbers.size() != modes)
      throw SpecError(name + ": expected one number for each of the " + std::to_string(modes) +
                      " means, or one for all, found " + std::to_string(numbers.size()) + ".");
    return numbers;
  }

  static std::vector<double> weights(const Options& o) {
    std::vector<double> weights = one_for_each(
        "weights", o.weights.empty() ? std::vector<double>{1} : o.weights, o.means.size());
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights) weight /= total;
    return weights;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, GaussianMixture, "gaussian-mixture", "Gaussians of any dimension, as given");
