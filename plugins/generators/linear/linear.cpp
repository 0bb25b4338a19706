#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// x = mean + scale z in each coordinate: with z ~ N(0, 1) the Gaussians N(mean, scale^2), as in the
// one-dimensional fit of the f-GAN (Nowozin et al. 2016, section 2.5).
class LinearGenerator final : public Generator {
 public:
  struct Options {
    double mean = 0, scale = 1;
    static void describe(Schema& s) {
      s.field(&Options::mean, "mean", "of each coordinate at the start").range(-1e6, 1e6);
      s.field(&Options::scale, "scale", "of each coordinate at the start").range(-1e6, 1e6);
    }
  };
  LinearGenerator(const Options& options, const Shapes& shapes)
      : sample_(shapes.sample),
        mean_(parameter("mean", {element_count(sample_)}, init::constant(options.mean))),
        scale_(parameter("scale", {element_count(sample_)}, init::constant(options.scale))) {
    if (element_count(shapes.latent) != element_count(sample_))
      throw SpecError(
          "a linear generator needs as many numbers in the latent as in a sample; the "
          "latent has " +
          std::to_string(element_count(shapes.latent)) + ", a sample " +
          std::to_string(element_count(sample_)) + ".");
  }

  Samples forward(const Latent& latent, Context&) override {
    const Variable x = mean_ + scale_ * latent.joined();
    return reshape(x, with_rows(latent.count(), sample_));
  }

 private:
  Shape sample_;
  Variable &mean_, &scale_;
};

}  // namespace

SADDLE_PLUGIN(generator, LinearGenerator, "linear", "x = mean + scale z, the Gaussian family");
