#include <saddle/saddle.hpp>

#include <cmath>

namespace {
using namespace saddle;

// BourGAN's distance loss (Xiao et al. 2018, equation 5): distances between generated samples
// follow those between their latents, so that no two modes share a latent's neighbourhood.
//   generator   E ( ln |G(z) - G(z')| - ln(scale |z - z'|) )^2
// over the pairs of row i and row i + n / 2. Pairs of equal latents are left out; where all are, it
// is 0.
class LatentDistance final : public Loss {
 public:
  struct Options {
    double scale = 1;
    std::vector<std::string> parts;
    static void describe(Schema& s) {
      s.field(&Options::scale, "scale", "distance between samples over that between their latents")
          .range(1e-9, 1e9);
      s.field(&Options::parts, "parts", "parts of the latent that count; empty for all");
    }
  };
  LatentDistance(const Options& options, const Shapes& shapes)
      : log_scale_(std::log(options.scale)), parts_(latent_parts(shapes, options.parts, "parts")) {
    require_batch(shapes, 2);
  }

  Objectives objectives() const override { return {false, true, false}; }

  Variable generator(Round& round) override {
    const std::size_t pairs = round.count() / 2;
    if (pairs == 0) throw PluginError("it was given fewer samples than it was made for");
    const Variable from = distances(joined(round.latent(), parts_), pairs);
    const Variable to = distances(flatten(round.generated()), pairs);
    // Of equal latents nothing is asked.
    Tensor counts = from.value();
    double number = 0;
    for (Scalar& distance : counts) {
      distance = distance > 0 ? Scalar(1) : Scalar(0);
      number += double{distance};
    }
    if (number == 0) return Variable::constant(0);
    const Variable difference = log_of(to) - log_of(from) - log_scale_;
    return sum(Variable(counts) * square(difference)) / number;
  }

 private:
  // [n, d] -> [pairs]
  static Variable distances(const Variable& x, std::size_t pairs) {
    return norm_rows(slice(x, 0, 0, pairs) - slice(x, 0, pairs, 2 * pairs));
  }
  // Samples that coincide do not make it infinite.
  static Variable log_of(const Variable& distances) { return log(distances + kSmallest); }
  static constexpr double kSmallest = 1e-10;

  double log_scale_;
  std::vector<LatentPart> parts_;
};

}  // namespace

SADDLE_PLUGIN(loss, LatentDistance, "latent-distance",
              "distances between samples follow those between latents (BourGAN)");
