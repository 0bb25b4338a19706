#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Isotropic Gaussians of equal weight on a grid around the origin, row by row from the lowest; the
// defaults are the grid of PacGAN (Lin et al. 2018).
class Grid final : public MixtureDataset {
 public:
  struct Options {
    std::size_t columns = 5, rows = 5;
    double spacing = 2, sigma = 0.05;
    std::size_t points = 100000;
    static void describe(Schema& s) {
      s.field(&Options::columns, "columns", "Gaussians along x").range(1, 1000);
      s.field(&Options::rows, "rows", "Gaussians along y").range(1, 1000);
      s.field(&Options::spacing, "spacing", "between neighbouring centres").range(0, 1e6);
      s.field(&Options::sigma, "sigma", "standard deviation of each Gaussian").range(1e-9, 1e6);
      s.field(&Options::points, "points", "training samples, drawn once").range(1, 1 << 28);
    }
  };
  static std::vector<std::string> offers(const Options&) {
    return {"labels", "modes", "log-density"};
  }
  Grid(const Options& options, const DataSource& source)
      : MixtureDataset(grid(options), options.points, source) {}

 private:
  // Place i of n along one axis.
  static Scalar place(std::size_t i, std::size_t n, double spacing) {
    return static_cast<Scalar>(spacing * (static_cast<double>(i) - static_cast<double>(n - 1) / 2));
  }

  static Modes grid(const Options& o) {
    const std::size_t count = o.columns * o.rows;
    Modes modes{empty({count, 2}), std::vector<double>(count, o.sigma),
                std::vector<double>(count, 1 / static_cast<double>(count))};
    for (std::size_t k = 0; k < count; ++k) {
      modes.centres(k, 0) = place(k % o.columns, o.columns, o.spacing);
      modes.centres(k, 1) = place(k / o.columns, o.rows, o.spacing);
    }
    return modes;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, Grid, "grid", "Gaussians on a grid in the plane");
