#include <saddle/info/kernel_mmd.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {
using namespace saddle;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// The squared maximum mean discrepancy of real and generated samples (Gretton et al. 2012), by
// default under the kernel of the kernel inception distance (Binkowski et al. 2018).
class Kid final : public Metric {
 public:
  struct Options : FeatureOptions {
    std::string kernel = "polynomial";
    std::optional<double> bandwidth;
    std::size_t subsets = 0, subset_size = 1000;
    static void describe(Schema& s) {
      s.field(&Options::kernel, "kernel",
              "polynomial: (x.y / d + 1)^3; gaussian: exp(-|x - y|^2 / (2 bandwidth^2))")
          .choices({"polynomial", "gaussian"});
      s.field(&Options::bandwidth, "bandwidth",
              "of the gaussian kernel; by default the median distance of the first 1000 real "
              "samples, so that it does not follow the generator")
          .range(1e-9, 1e9);
      s.field(&Options::subsets, "subsets",
              "draw so many subsets without replacement and report the mean over them; 0 takes all "
              "samples at once")
          .range(0, 10000);
      s.field(&Options::subset_size, "subset_size", "samples of each subset").range(2, 1e6);
      describe_features<Options>(s);
    }
  };
  Kid(const Options& options, const MetricSetup& setup);

  std::vector<Need> needs() const override {
    return features_.needs({Need::real, Need::generated, Need::truth});
  }
  std::vector<std::string> needs_offered() const override { return features_.needs_offered(); }
  std::vector<std::string> layers() const override { return features_.layers(); }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  struct Found {
    double unbiased, biased, deviation;
  };
  info::PointKernel kernel_for(const Matrix& real) const;
  Found compare(const Matrix& real, const Matrix& other, const info::PointKernel& kernel,
                const RandomStream& random) const;

  Options options_;
  std::size_t samples_;
  SampleFeatures features_;
};

Kid::Kid(const Options& options, const MetricSetup& setup)
    : options_(options), samples_(setup.samples), features_(options) {
  features_.require_points(setup, 2);
  if (options.bandwidth && options.kernel == "polynomial")
    throw SpecError("bandwidth: the polynomial kernel has none. Take kernel: gaussian.");
  if (options.subsets > 0 && options.subset_size > setup.samples)
    throw SpecError("subset_size: expected at most the metric's " + std::to_string(setup.samples) +
                    " samples, found " + std::to_string(options.subset_size) + ".");
}

std::vector<SeriesInfo> Kid::series() const {
  std::string kernel = "(x.y / d + 1)^3";
  if (options_.kernel == "gaussian")
    kernel = "exp(-|x - y|^2 / 2 b^2), b " +
             (options_.bandwidth ? write_scalar(*options_.bandwidth).text
                                 : std::string("the median distance of real samples"));
  const std::string subsets = options_.subsets == 0
                                  ? "all samples at once"
                                  : std::to_string(options_.subsets) + " of " +
                                        std::to_string(options_.subset_size) + " samples";
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "1",
                      {{"definition", std::move(definition)},
                       {"kernel", kernel},
                       {"subsets", subsets},
                       features_.attribute(),
                       {"n", std::to_string(samples_)}}};
  };
  return {info("unbiased",
               "squared MMD without the pairs of a sample and itself, of mean 0 for a "
               "perfect generator"),
          info("biased", "squared MMD with them"),
          info("deviation", "standard deviation of unbiased over subsets; NaN without subsets"),
          info("floor", "unbiased of real and test samples, as many of each; NaN with fewer")};
}

info::PointKernel Kid::kernel_for(const Matrix& real) const {
  if (options_.kernel == "polynomial") return info::cubic_kernel();
  if (options_.bandwidth) return info::gaussian_kernel(*options_.bandwidth);
  Matrix first(std::min<std::size_t>(real.rows, 1000), real.columns);
  std::copy_n(real.values.begin(), first.values.size(), first.values.begin());
  return info::gaussian_kernel(info::median_distance(first));
}

// `count` rows without replacement.
Matrix drawn(const Matrix& points, std::size_t count, const RandomStream& random) {
  return rows_of(points, random.indices(points.rows, count));
}

Kid::Found Kid::compare(const Matrix& real, const Matrix& other, const info::PointKernel& kernel,
                        const RandomStream& random) const {
  if (options_.subsets == 0) {
    const info::Mmd all = info::mmd(real, other, kernel);
    return {all.unbiased, all.biased, kNan};
  }
  // Packing may leave fewer points than samples.
  const std::size_t size = std::min({options_.subset_size, real.rows, other.rows});
  std::vector<info::Mmd> found;
  Found mean{0, 0, 0};
  const auto count = static_cast<double>(options_.subsets);
  for (std::size_t i = 0; i < options_.subsets; ++i) {
    const RandomStream own = random.child("subset-" + std::to_string(i));
    found.push_back(info::mmd(drawn(real, size, own.child("real")),
                              drawn(other, size, own.child("other")), kernel));
    mean.unbiased += found.back().unbiased / count;
    mean.biased += found.back().biased / count;
  }
  double squares = 0;
  for (const info::Mmd& one : found) squares += std::pow(one.unbiased - mean.unbiased, 2);
  mean.deviation = std::sqrt(squares / count);
  return mean;
}

std::vector<double> Kid::evaluate(const Snapshot& snapshot) const {
  const Matrix real = features_.of_real(snapshot);
  const info::PointKernel kernel = kernel_for(real);
  const RandomStream random = snapshot.random().child("subsets");
  const Found found = compare(real, features_.of_generated(snapshot), kernel, random);
  const auto test = features_.of_test(snapshot, snapshot.real().shape(0));
  const double floor = test ? compare(real, *test, kernel, random).unbiased : kNan;
  return {found.unbiased, found.biased, found.deviation, floor};
}

}  // namespace

SADDLE_PLUGIN(metric, Kid, "kid", "maximum mean discrepancy of real and generated samples");
