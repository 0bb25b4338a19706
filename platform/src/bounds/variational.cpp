#include <saddle/bounds/variational.hpp>

#include <saddle/base/error.hpp>
#include <saddle/info/neighbours.hpp>
#include <saddle/info/rank_scores.hpp>

#include "bounds/contest.hpp"
#include "bounds/pairs.hpp"
#include "bounds/training.hpp"

#include <algorithm>

namespace saddle::bounds {
namespace {

Matrix prepared(const Matrix& points, const std::string& inputs) {
  if (inputs == "ranks") return info::rank_scores(points);
  return inputs == "z-scores" ? info::standardised(points) : points;
}

}  // namespace

void VariationalOptions::describe(Schema& s) {
  using O = VariationalOptions;
  s.field(&O::hidden, "hidden", "units of each hidden layer of the critic").range(1, 4096);
  s.field(&O::learning_rate, "learning_rate", "of Adam").range(1e-8, 1);
  s.field(&O::batch, "batch", "pairs of a training step").range(4, 65536);
  s.field(&O::steps, "steps", "of training, at most").range(1, 1e8);
  s.field(&O::every, "every", "steps between two looks at the held-out half").range(1, 1e6);
  s.field(&O::patience, "patience", "looks without a better value that end the training")
      .range(1, 1e6);
  s.field(&O::inputs, "inputs",
          "what the critic sees of each column: its z-scores, normal quantiles of its ranks, or "
          "the numbers as they are")
      .choices({"z-scores", "ranks", "raw"});
  s.field(&O::seed, "training_seed", "of the split, the critic and the batches").range(0, 9e15);
}

double variational_information(const std::string& name, const Matrix& x, const Matrix& y,
                               const VariationalOptions& options) {
  if (x.rows != y.rows || x.rows < kVariationalRows)
    throw DataError(name + ": expected at least " + std::to_string(kVariationalRows) +
                    " pairs, found " + std::to_string(x.rows) + " rows of x and " +
                    std::to_string(y.rows) + " of y.");
  const RandomStream stream(options.seed, "estimate/" + name);
  const Rows order = shuffled(x.rows, stream.child("split"));
  const auto half = order.begin() + static_cast<std::ptrdiff_t>(x.rows / 2);
  const Rows fit(order.begin(), half);
  Rows held_out(half, order.end());
  held_out.resize(std::min(held_out.size(), kMostHeldOut));
  const Matrix all_x = prepared(x, options.inputs), all_y = prepared(y, options.inputs);
  const PairBatch known{pick_scalars(all_x, held_out), pick_scalars(all_y, held_out)};

  const auto contest = make_contest(name, x.columns, y.columns, options);
  contest->initialise(stream.child("init"));
  Training training;
  training.steps = options.steps;
  training.learning_rate = options.learning_rate;
  training.every = options.every;
  training.patience = options.patience;
  Batches batches(fit, options.batch, stream.child("batches"));
  train(
      *contest, training,
      [&](std::int64_t step) {
        const Rows batch = batches.at(step);
        Context context(Mode::train, step, stream.child("apart").at(step));
        return contest->objective({pick_scalars(all_x, batch), pick_scalars(all_y, batch)},
                                  context);
      },
      [&] {
        const NoHistory paused;
        Context context(Mode::evaluate, 0, stream.child("held-out"));
        return contest->judge(known, context);
      });
  const NoHistory paused;
  Context context(Mode::evaluate, 0, stream.child("held-out"));
  return contest->value(known, context);
}

}  // namespace saddle::bounds
