#include "nearest_neighbours.hpp"

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;

// Rewards the generator for the differential entropy h of its samples x [n, d], estimated from the
// batch itself:
//   generator   -h
//   nearest-neighbour   h = psi(n) - psi(k) + ln c_d + d / n  sum_i ln e_i, e_i the Euclidean
//                       distance of x_i to its k-th neighbour, c_d the volume of the unit ball
//                       (Kozachenko and Leonenko 1987)
//   kernel              h = -1 / n  sum_i ln p_i(x_i), p_i the density of Gaussian kernels on all
//                       samples but x_i (Ivanov and Rozhkova 1981)
// The number of dimensions is that of the samples: where they lie on a surface, h falls without
// end.
class EntropyBonus final : public Loss {
 public:
  struct Options {
    std::string estimator = "nearest-neighbour";
    std::size_t neighbours = 3;
    double width = 0;
    static void describe(Schema& s) {
      s.field(&Options::estimator, "estimator", "what the entropy is estimated from")
          .choices({"nearest-neighbour", "kernel"});
      s.field(&Options::neighbours, "neighbours",
              "k of the nearest neighbours; more lower the noise and raise the bias")
          .range(1, 65536);
      s.field(&Options::width, "width",
              "standard deviation of the kernels; 0 for Scott's rule on each batch, held fixed in "
              "the gradient")
          .unit("data units")
          .range(0, 1e6);
    }
  };
  EntropyBonus(const Options& options, const Shapes& shapes)
      : options_(options), least_(options.estimator == "kernel" ? 2 : options.neighbours + 1) {
    require_batch(shapes, least_);
  }

  Objectives objectives() const override { return {false, true, false}; }
  std::vector<SeriesInfo> series() const override {
    const bool kernel = options_.estimator == "kernel";
    return {{"entropy",
             "nats",
             {{"definition", "differential entropy of the generated batch"},
              {"estimator", options_.estimator},
              kernel ? std::make_pair("width", write_scalar(options_.width).text)
                     : std::make_pair("k", std::to_string(options_.neighbours))}}};
  }

  Variable generator(Round& round) override {
    const Variable x = flatten(round.generated());
    if (x.shape()[0] < least_) throw PluginError("it was given fewer samples than it was made for");
    const Variable entropy = options_.estimator == "kernel" ? kernel(x) : nearest_neighbour(x);
    round.log("entropy", entropy.item());
    return -entropy;
  }

 private:
  // [n, d] -> []
  Variable nearest_neighbour(const Variable& x) const {
    const std::size_t n = x.shape()[0], k = options_.neighbours;
    const auto d = static_cast<double>(x.shape()[1]);
    constexpr double kLogPi = 1.14472988584940017414;
    double constant = d / 2 * kLogPi - std::lgamma(d / 2 + 1);  // ln c_d
    // psi(n) - psi(k)
    for (std::size_t j = k; j < n; ++j) constant += 1 / static_cast<double>(j);
    // Samples that coincide do not make it infinite.
    constexpr double kSmallest = 1e-10;
    return d * mean(log(entropy_bonus::neighbour_distances(x, k) + kSmallest)) + constant;
  }
  // [n, d] -> []
  Variable kernel(const Variable& x) const {
    const double width = options_.width > 0 ? options_.width : scott_width(x.value());
    if (!(width > 0))
      throw DivergedError(
          "loss 'entropy-bonus': the generated samples are one point, whose entropy is not finite; "
          "the option 'width' gives them one.");
    return -mean(log_kernel_density(x, x, width, true));
  }

  Options options_;
  std::size_t least_;  // samples of a batch
};

}  // namespace

SADDLE_PLUGIN(loss, EntropyBonus, "entropy-bonus", "entropy of the generated samples, maximised");
