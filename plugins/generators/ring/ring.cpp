#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;

// Gaussians on a circle as the ring dataset draws them, of which only the first `keep` are used:
// what a metric says of a collapse whose size is known. It has nothing to train. The latent is one
// uniform number on [0, 1], which chooses the mode, and two normal ones.
class RingGenerator final : public Generator {
 public:
  struct Options {
    std::size_t modes = 8, keep = 8;
    double radius = 1, sigma = 0.01;
    static void describe(Schema& s) {
      s.field(&Options::modes, "modes", "Gaussians on the circle").range(1, 100000);
      s.field(&Options::keep, "keep", "of them that are drawn from").range(1, 100000);
      s.field(&Options::radius, "radius", "of the circle").range(0, 1e6);
      s.field(&Options::sigma, "sigma", "standard deviation of each Gaussian").range(0, 1e6);
    }
  };
  RingGenerator(const Options& options, const Shapes& shapes) : options_(options) {
    if (shapes.latent != Shape{3} || shapes.parts.size() != 2 || shapes.parts[0].size != 1 ||
        shapes.parts[0].law != "uniform" || shapes.parts[1].law != "normal")
      throw SpecError(
          "expected the latent {mode: {uniform: {size: 1, low: 0, high: 1}}, z: {normal: 2}}.");
    if (shapes.sample != Shape{2})
      throw SpecError("expected samples [2], found " + to_text(shapes.sample) + ".");
    if (options.keep > options.modes) throw SpecError("keep: expected at most as many as modes.");
  }

  Samples forward(const Latent& latent, Context&) override {
    const Tensor& choice = latent.parts()[0].second.value();
    const Variable& z = latent.parts()[1].second;
    const std::size_t n = choice.shape(0);
    Tensor centres = empty({n, 2});
    for (std::size_t i = 0; i < n; ++i) {
      const auto kept = static_cast<double>(options_.keep);
      const double mode = std::min(std::floor(static_cast<double>(choice(i, 0)) * kept), kept - 1);
      constexpr double kTwoPi = 6.28318530717958647692;
      const double angle = kTwoPi * mode / static_cast<double>(options_.modes);
      centres(i, 0) = static_cast<Scalar>(options_.radius * std::cos(angle));
      centres(i, 1) = static_cast<Scalar>(options_.radius * std::sin(angle));
    }
    return Variable(centres) + options_.sigma * z;
  }

 private:
  Options options_;
};

}  // namespace

SADDLE_PLUGIN(generator, RingGenerator, "ring", "Gaussians on a circle, some of them left out");
