#include "report/sample_figure.hpp"

#include <saddle/base/error.hpp>
#include <saddle/tensor/tensor.hpp>

#include "base/base64.hpp"
#include "experiment/run_file.hpp"
#include "io/png_writer.hpp"
#include "report/html.hpp"
#include "report/image_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace saddle {
namespace {

constexpr std::size_t kMostImages = 64, kMostPoints = 1000, kBins = 50;
constexpr double kSide = 240;

std::string place(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

// The rows of a record of samples, or of all real ones.
Tensor read_samples(const hdf5::Dataset& dataset, std::size_t row, bool is_record) {
  hdf5::Shape shape = dataset.shape();
  if (shape.size() < (is_record ? 2U : 1U))
    throw DataError(dataset.file() + ": " + dataset.path() + ": expected samples by their number.");
  dataset.require_written(is_record ? row + 1 : shape.at(0));
  if (is_record) shape.erase(shape.begin());
  Tensor samples = empty(Shape(shape.begin(), shape.end()));
  dataset.read_rows(is_record ? row : 0, is_record ? 1 : shape.at(0), kScalarElement,
                    samples.data());
  return samples;
}

// From the smallest to the largest finite value of a column, and a fifth more on each side.
struct Extent {
  double low = INFINITY, high = -INFINITY;

  Extent(const Tensor& points, std::size_t column) {
    const std::size_t width = points.size() / points.shape(0);
    for (std::size_t row = 0; row < points.shape(0); ++row)
      include(static_cast<double>(points.data()[row * width + column]));
    if (low > high) low = 0, high = 1;
    const double margin = std::max(0.2 * (high - low), 1e-6);
    low -= margin;
    high += margin;
  }
  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double share(double value) const { return (value - low) / (high - low); }
};

std::string picture(const std::string& content) {
  return html::element("svg", content,
                       {{"viewBox", "0 0 240 240"}, {"class", "points"}, {"role", "img"}});
}

// Points within the extents of the real ones, as dots of one path.
std::string dots(const Tensor& points, const Extent& x, const Extent& y, const char* name) {
  const std::size_t width = points.shape(1);
  std::string path;
  for (std::size_t row = 0; row < std::min<std::size_t>(points.shape(0), kMostPoints); ++row) {
    const Scalar* const point = points.data() + row * width;
    const double across = x.share(static_cast<double>(point[0])),
                 up = y.share(static_cast<double>(point[1]));
    if (across >= 0 && across <= 1 && up >= 0 && up <= 1)
      path += "M" + place(across * kSide) + " " + place((1 - up) * kSide) + "h0";
  }
  return html::element("path", "", {{"class", name}, {"d", path}});
}

std::string scatter(const Tensor& real, const Tensor& generated) {
  const Extent x(real, 0), y(real, 1);
  return picture(dots(real, x, y, "real") + dots(generated, x, y, "generated"));
}

std::vector<double> shares(const Tensor& numbers, const Extent& extent) {
  std::vector<double> counts(kBins, 0);
  for (const Scalar value : numbers) {
    const double share = extent.share(static_cast<double>(value));
    if (share >= 0 && share < 1)
      counts[static_cast<std::size_t>(share * kBins)] += 1 / static_cast<double>(numbers.size());
  }
  return counts;
}

std::string steps(const std::vector<double>& counts, double most, const char* name) {
  std::string path = "M0 " + place(kSide);
  for (std::size_t bin = 0; bin < kBins; ++bin)
    path += "V" + place(kSide - counts[bin] / most * (kSide - 10)) + "H" +
            place(kSide * static_cast<double>(bin + 1) / kBins);
  return html::element("path", "", {{"class", name}, {"d", path + "V" + place(kSide)}});
}

std::string histogram(const Tensor& real, const Tensor& generated) {
  const Extent extent(real, 0);
  const std::vector<double> a = shares(real, extent), b = shares(generated, extent);
  const double most = std::max(
      {1e-12, *std::max_element(a.begin(), a.end()), *std::max_element(b.begin(), b.end())});
  return picture(steps(a, most, "real steps") + steps(b, most, "generated steps"));
}

std::string images(const Tensor& real, const Tensor& generated) {
  const auto [low, high] = std::minmax_element(real.begin(), real.end());
  const std::size_t count = std::min<std::size_t>(generated.shape(0), kMostImages);
  const double side = std::ceil(std::sqrt(static_cast<double>(count)));
  ImageGrid grid(row_shape(generated.shape()), count, static_cast<std::size_t>(side),
                 static_cast<double>(*low), static_cast<double>(*high));
  grid.add(0, rows(generated, 0, count));
  const std::string source = "data:image/png;base64," + base64(png_bytes(grid.picture()));
  return "<img class=\"samples\" alt=\"generated images\" src=\"" + source + "\">";
}

bool are_images(const Shape& sample) {
  return sample.size() == 3 && (sample[2] == 1 || sample[2] == 3);
}

std::string figure(const Tensor& real, const Tensor& generated) {
  const Shape sample = row_shape(generated.shape());
  if (real.size() == 0 || generated.size() == 0 || row_shape(real.shape()) != sample) return "";
  if (are_images(sample)) return images(real, generated);
  if (sample.size() != 1) return "";
  return sample[0] == 1 ? histogram(real, generated) : scatter(real, generated);
}

}  // namespace

std::vector<SampleFigure> sample_figures(const hdf5::File& run, std::size_t most) {
  std::vector<SampleFigure> figures;
  const hdf5::Group group = run.group("samples");
  const std::vector<std::int64_t> steps = committed_steps(run, group);
  if (steps.empty()) return figures;
  const Tensor real = read_samples(group.dataset("real"), 0, false);
  const hdf5::Dataset generated = group.dataset("generated");
  const std::size_t count = std::min(most, steps.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = count == 1 ? steps.size() - 1 : i * (steps.size() - 1) / (count - 1);
    const std::string html = figure(real, read_samples(generated, row, true));
    if (!html.empty()) figures.push_back({steps[row], html});
  }
  return figures;
}

}  // namespace saddle
