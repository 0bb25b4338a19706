#include "bounds/correction.hpp"

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/bounds/mutual_information.hpp>

#include <algorithm>

namespace saddle::bounds {
namespace {

// Of the pairs that a step sees, each is the other part of all others' products.
constexpr std::size_t kBatch = 512;

PairCritic::Options critic_options() {
  PairCritic::Options options;
  options.hidden = {128, 128};
  options.width = 16;
  options.dropout = 0.1;
  return options;
}

}  // namespace

CorrectedCopula::CorrectedCopula(const info::EllipticalCopula& base, const PairedScores& scores,
                                 const Rows& fit, const Rows& check, const Training& training,
                                 const RandomStream& stream)
    : base_(base),
      scores_(scores),
      stream_(stream),
      critic_(scores.x.columns, scores.y.columns, critic_options()) {
  critic_.initialise(stream.child("init"));
  Batches batches(fit, kBatch, stream.child("batches"));
  train(
      critic_, training, [&](std::int64_t step) { return objective(step, batches.at(step)); },
      [&] { return mean_of(info_nce_terms(log_ratios(check))); });
}

Tensor CorrectedCopula::base(const Rows& rows) const {
  const Matrix ratios = base_.log_ratios(rows_of(scores_.x, rows), rows_of(scores_.y, rows));
  Tensor values = empty({rows.size(), rows.size()});
  std::transform(ratios.values.begin(), ratios.values.end(), values.data(),
                 [](double value) { return static_cast<Scalar>(value); });
  return values;
}

Variable CorrectedCopula::objective(std::int64_t step, const Rows& batch) {
  Context context(Mode::train, step, stream_.child("dropout").at(step));
  const Variable correction = critic_(pick_scalars(scores_.gaussian_x, batch),
                                      pick_scalars(scores_.gaussian_y, batch), context);
  return symmetric_info_nce(correction + Variable(base(batch)));
}

Matrix CorrectedCopula::log_ratios(const Rows& rows) {
  const NoHistory paused;
  Context context(Mode::evaluate, 0, stream_);
  const Tensor correction = critic_(pick_scalars(scores_.gaussian_x, rows),
                                    pick_scalars(scores_.gaussian_y, rows), context)
                                .value();
  Matrix ratios = base_.log_ratios(rows_of(scores_.x, rows), rows_of(scores_.y, rows));
  for (std::size_t k = 0; k < ratios.values.size(); ++k)
    ratios.values[k] += static_cast<double>(correction.data()[k]);
  return ratios;
}

}  // namespace saddle::bounds
