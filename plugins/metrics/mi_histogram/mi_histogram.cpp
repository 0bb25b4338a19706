#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace {
using namespace saddle;

// Mutual information from binned samples, by the discrete definition I = H(a) + H(x) - H(a, x) over
// the cells that a and the sample x fall in. What is asked of the latent is how much of it the
// sample still tells, of the labels how much the real sample tells of its class. The plug-in
// estimate from n pairs is too high by about (K_ax - K_a - K_x + 1) / 2n, and what it finds where
// there is nothing, in pairs that were permuted, stands beside it.
class MiHistogram final : public Metric {
 public:
  struct Options : BinOptions {
    std::string between = "latent", part;
    std::size_t latent_bins = 8;
    std::optional<double> latent_low, latent_high;
    static void describe(Schema& s) {
      s.field(&Options::between, "between",
              "what the sample is compared with: latent, for generated samples, or label, for real "
              "ones")
          .choices({"latent", "label"});
      s.field(&Options::part, "part", "of the latent; the first one by default");
      s.field(
           &Options::latent_bins, "latent_bins",
           "along each axis of a continuous latent part of up to 3 numbers, of equal mass unless "
           "limits are given; a discrete part is told apart by its values")
          .range(1, 4096);
      s.field(&Options::latent_low, "latent_low", "where bins of equal width for the latent begin")
          .range(-1e9, 1e9);
      s.field(&Options::latent_high, "latent_high", "where they end; what lies beyond counts there")
          .range(-1e9, 1e9);
      describe_bins<Options>(s);
    }
  };
  MiHistogram(const Options& options, const MetricSetup& setup);

  std::vector<Need> needs() const override {
    if (of_labels()) return {Need::real, Need::labels, Need::truth};
    return {Need::generated, Need::latent, Need::truth};
  }
  std::vector<std::string> needs_offered() const override {
    if (of_labels()) return {"labels"};
    return {};
  }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  void take(const LatentPart& part);
  std::vector<std::size_t> latent_cells(const Tensor& z) const;
  bool of_labels() const { return options_.between == "label"; }

  Options options_;
  std::size_t samples_;
  bool discrete_ = false;    // the latent part
  mutable SampleBins bins_;  // laid at the first record, around the data
};

MiHistogram::MiHistogram(const Options& options, const MetricSetup& setup)
    : options_(options), samples_(setup.samples), bins_(options, setup.shapes.sample) {
  if (options.latent_low.has_value() != options.latent_high.has_value())
    throw SpecError("latent_low and latent_high belong together. Give both, or neither.");
  if (options.latent_low && !(*options.latent_low < *options.latent_high))
    throw SpecError("latent_low: expected less than latent_high.");
  if (of_labels()) return;
  const auto named = options.part.empty() ? std::vector<std::string>{} : std::vector{options.part};
  const LatentPart part = latent_parts(setup.shapes, named, "part").front();
  options_.part = part.name;
  take(part);
}

void MiHistogram::take(const LatentPart& part) {
  constexpr std::size_t kMostAxes = 3;
  discrete_ = part.law == "categorical" || part.law == "label" || part.law == "codebook";
  if (!discrete_ && part.size > kMostAxes)
    throw SpecError("part: expected a discrete part of the latent, or at most " +
                    std::to_string(kMostAxes) + " numbers to lay bins along, found '" + part.name +
                    "' of " + std::to_string(part.size) + ". Take mi-neighbours for it.");
}

std::vector<SeriesInfo> MiHistogram::series() const {
  const std::string what = of_labels() ? "label" : "latent part " + options_.part;
  const auto info = [&](std::string name, std::string definition) {
    SeriesInfo series{std::move(name),
                      "nats",
                      {{"definition", std::move(definition)},
                       {"estimator", "plug-in from counts in bins"},
                       {"n", std::to_string(samples_)}}};
    for (auto& attribute : bins_.attributes()) series.attributes.push_back(std::move(attribute));
    if (!of_labels())
      series.attributes.emplace_back("latent_bins", std::to_string(options_.latent_bins));
    return series;
  };
  return {info("value", "I(" + what + "; sample)"),
          info("baseline", "the same with the pairs permuted"),
          info("ceiling", "the smaller of H(" + what + ") and H(sample), in the same bins")};
}

// Numbers of bins that hold equally many values: n values -> n
std::vector<std::size_t> quantile_bins(const std::vector<double>& values, std::size_t bins) {
  std::vector<std::size_t> order(values.size()), found(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  for (std::size_t rank = 0; rank < order.size(); ++rank)
    found[order[rank]] = rank * bins / order.size();
  return found;
}

// Numbers of bins of equal width: n values -> n
std::vector<std::size_t> width_bins(const std::vector<double>& values, double low, double high,
                                    std::size_t bins) {
  const auto last = static_cast<double>(bins - 1);
  std::vector<std::size_t> found;
  for (const double value : values) {
    const double place = std::floor((value - low) / (high - low) * static_cast<double>(bins));
    found.push_back(static_cast<std::size_t>(std::clamp(place, 0.0, last)));
  }
  return found;
}

// The cell of each row: [n, size] -> n
std::vector<std::size_t> MiHistogram::latent_cells(const Tensor& z) const {
  const std::size_t bins = options_.latent_bins;
  const std::size_t n = z.shape(0), size = z.shape(1);
  std::vector<std::size_t> cells(n, 0);
  if (discrete_) {
    std::map<std::vector<Scalar>, std::size_t> numbers;
    for (std::size_t i = 0; i < n; ++i) {
      const std::vector<Scalar> row(z.data() + i * size, z.data() + (i + 1) * size);
      cells[i] = numbers.emplace(row, numbers.size()).first->second;
    }
    return cells;
  }
  for (std::size_t j = 0; j < size; ++j) {
    std::vector<double> axis(n);
    for (std::size_t i = 0; i < n; ++i) axis[i] = static_cast<double>(z(i, j));
    const std::vector<std::size_t> along =
        options_.latent_low ? width_bins(axis, *options_.latent_low, *options_.latent_high, bins)
                            : quantile_bins(axis, bins);
    for (std::size_t i = 0; i < n; ++i) cells[i] = cells[i] * bins + along[i];
  }
  return cells;
}

std::vector<double> MiHistogram::evaluate(const Snapshot& snapshot) const {
  bins_.fit(snapshot.truth());
  std::vector<std::size_t> a, x;
  if (of_labels()) {
    a.assign(snapshot.labels().begin(), snapshot.labels().end());
    x = bins_.cells(snapshot.real());
  } else {
    a = latent_cells(snapshot.latent().part(options_.part).value());
    x = bins_.cells(snapshot.generated());
  }
  const double value = info::mutual_information(a, x);
  const double ceiling = std::min(info::label_entropy(a), info::label_entropy(x));
  snapshot.random().child("permutation").shuffle(a);
  return {value, info::mutual_information(a, x), ceiling};
}

}  // namespace

SADDLE_PLUGIN(metric, MiHistogram, "mi-histogram",
              "mutual information of a latent part, or of the label, and the sample, from bins");
