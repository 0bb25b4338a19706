#include "estimates.hpp"

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;
using kl_guidance::Direction;

// Adds an estimate of the KL between real and generated samples to the generator's objective.
//
// density-ratio: for the optimal discriminator of the binary cross-entropy the logit is
// D = ln p / q (Goodfellow et al. 2014, proposition 1). Then
//   reverse   KL(q || p) = -E_q D, whose gradient is that of -E D(G(z)) with D held fixed
//   forward   KL(p || q) =  E_p D, whose gradient is that of -E w D(G(z)), w = exp D held fixed
// since the first variation of KL(p || q) by q is -p / q. The weights w are clipped.
class KlGuidance final : public Loss {
 public:
  struct Options {
    std::string estimate = "density-ratio", direction = "reverse";
    double clip = 10;
    double width = 0;
    std::size_t bins = 32;
    std::vector<double> low, high;
    double softness = 0.25, smoothing = 1;
    static void describe(Schema& s);
  };
  KlGuidance(const Options& options, const Shapes& shapes);

  Objectives objectives() const override { return {false, true, false}; }
  std::vector<SeriesInfo> series() const override;
  Variable generator(Round& round) override;

 private:
  bool importance() const {
    return options_.estimate == "density-ratio" && direction_ == Direction::forward;
  }
  Variable density_ratio(Round& round) const;
  Variable from_batches(Round& round) const;

  Options options_;
  Direction direction_;
  kl_guidance::Bins bins_;
};

void KlGuidance::Options::describe(Schema& s) {
  s.field(&Options::estimate, "estimate",
          "density-ratio: from the discriminator's logits, with the bce loss; kernel: kernel "
          "densities of the two batches; histogram: softly binned batches of one or two dimensions")
      .choices({"density-ratio", "kernel", "histogram"});
  s.field(&Options::direction, "direction",
          "reverse: KL(generated || real), which avoids what is not real; forward: KL(real || "
          "generated), which covers what is real")
      .choices({"reverse", "forward"});
  s.field(&Options::clip, "clip", "largest importance weight of the forward density ratio")
      .range(1e-3, 1e6);
  s.field(&Options::width, "width",
          "standard deviation of the kernels; 0 for Scott's rule on each real batch")
      .unit("data units")
      .range(0, 1e6);
  s.field(&Options::bins, "bins", "of the histogram along each axis").range(1, 4096);
  s.field(&Options::low, "low", "where the bins begin, one number for each axis or for all")
      .range(-1e9, 1e9);
  s.field(&Options::high, "high", "where the bins end, in the same way").range(-1e9, 1e9);
  s.field(&Options::softness, "softness", "of the bins' walls; gradients reach about this far")
      .unit("bin widths")
      .range(1e-4, 100);
  s.field(&Options::smoothing, "smoothing", "points added to each batch, spread over all cells")
      .range(1e-9, 1e6);
}

KlGuidance::KlGuidance(const Options& options, const Shapes& shapes)
    : options_(options),
      direction_(options.direction == "reverse" ? Direction::reverse : Direction::forward),
      bins_{options.low, options.high, options.bins, options.softness, options.smoothing} {
  // Of one point Scott's rule makes no kernel.
  if (options.estimate == "kernel" && options.width == 0) require_batch(shapes, 2);
  if (options.estimate != "histogram") return;
  const std::size_t dimension = element_count(shapes.sample);
  if (dimension > 2)
    throw SpecError("estimate: histogram is for samples of one or two dimensions, and these have " +
                    std::to_string(dimension) + ". Take density-ratio or kernel.");
  for (std::vector<double>* limits : {&bins_.low, &bins_.high}) {
    if (limits->size() == 1) limits->resize(dimension, limits->front());
    if (limits->size() != dimension)
      throw SpecError("estimate: histogram needs low and high, one number for each of " +
                      std::to_string(dimension) + " axes or one for all.");
  }
  for (std::size_t j = 0; j < dimension; ++j)
    if (!(bins_.low[j] < bins_.high[j]))
      throw SpecError("low: expected less than high, found " + write_scalar(bins_.low[j]).text +
                      " and " + write_scalar(bins_.high[j]).text + ".");
}

std::vector<SeriesInfo> KlGuidance::series() const {
  const std::string definition =
      direction_ == Direction::reverse ? "KL(generated || real)" : "KL(real || generated)";
  const std::string of =
      options_.estimate == "density-ratio" ? " of what the discriminator sees" : "";
  std::vector<SeriesInfo> series = {
      {"kl", "nats", {{"definition", definition + of}, {"estimator", options_.estimate}}}};
  if (importance())
    series.push_back({"effective-sample-size",
                      "1",
                      {{"definition", "(sum w)^2 / sum w^2 of the clipped importance weights"}}});
  return series;
}

Variable KlGuidance::density_ratio(Round& round) const {
  const Variable& logits = round.generated_outputs().logits();
  if (direction_ == Direction::reverse) return -mean(logits);
  Tensor weights = logits.value();
  double total = 0, squares = 0;
  for (Scalar& weight : weights) {
    weight = static_cast<Scalar>(std::min(std::exp(double{weight}), options_.clip));
    total += double{weight};
    squares += double{weight} * double{weight};
  }
  // All weights may be too small for the scalar.
  round.log("effective-sample-size", squares > 0 ? total * total / squares : 0);
  // The value is E_p D, the gradient that of -E w D(G(z)).
  const Variable weighted = mean(Variable(weights) * logits);
  const Variable value = mean(detach(round.real_outputs().logits()));
  return value - (weighted - detach(weighted));
}

Variable KlGuidance::from_batches(Round& round) const {
  const Variable real = flatten(detach(round.real())), generated = flatten(round.generated());
  if (options_.estimate == "histogram")
    return kl_guidance::histogram(real, generated, bins_, direction_);
  const double width = options_.width > 0 ? options_.width : scott_width(real.value());
  if (!(width > 0))
    throw DivergedError(
        "loss 'kl-guidance': the real batch is one point, whose density is not finite; the option "
        "'width' gives it one.");
  return kl_guidance::kernel(real, generated, width, direction_);
}

Variable KlGuidance::generator(Round& round) {
  const Variable kl =
      options_.estimate == "density-ratio" ? density_ratio(round) : from_batches(round);
  round.log("kl", kl.item());
  return kl;
}

}  // namespace

SADDLE_PLUGIN(loss, KlGuidance, "kl-guidance", "KL of real and generated samples, minimised");
