#include <saddle/saddle.hpp>

#include <cmath>

namespace {
using namespace saddle;

// Isotropic Gaussians of equal weight on a circle, the first at angle 0.
class Ring final : public MixtureDataset {
 public:
  struct Options {
    std::size_t modes = 8;
    double radius = 1, sigma = 0.01;
    std::size_t points = 100000;
    static void describe(Schema& s) {
      s.field(&Options::modes, "modes", "Gaussians on the circle").range(1, 100000);
      s.field(&Options::radius, "radius", "of the circle").range(0, 1e6);
      s.field(&Options::sigma, "sigma", "standard deviation of each Gaussian").range(1e-9, 1e6);
      s.field(&Options::points, "points", "training samples, drawn once").range(1, 1 << 28);
    }
  };
  static std::vector<std::string> offers(const Options&) {
    return {"labels", "modes", "log-density"};
  }
  Ring(const Options& options, const DataSource& source)
      : MixtureDataset(ring(options), options.points, source) {}

 private:
  static Modes ring(const Options& o) {
    constexpr double kTwoPi = 6.28318530717958647692;
    Modes modes{empty({o.modes, 2}), std::vector<double>(o.modes, o.sigma),
                std::vector<double>(o.modes, 1 / static_cast<double>(o.modes))};
    for (std::size_t k = 0; k < o.modes; ++k) {
      const double angle = kTwoPi * static_cast<double>(k) / static_cast<double>(o.modes);
      modes.centres(k, 0) = static_cast<Scalar>(o.radius * std::cos(angle));
      modes.centres(k, 1) = static_cast<Scalar>(o.radius * std::sin(angle));
    }
    return modes;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, Ring, "ring", "Gaussians on a circle");
