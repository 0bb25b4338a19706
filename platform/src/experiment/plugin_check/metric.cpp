#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/base/error.hpp>

#include "experiment/plugin_check/game.hpp"
#include "experiment/plugin_check/options.hpp"
#include "experiment/plugin_check/setups.hpp"
#include "experiment/plugin_check/time.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <set>

namespace saddle::plugin_check {
namespace {

using Plugin = OpenPlugin<kinds::metric>;

// A metric and what its snapshots show: real samples, and generated ones a little beside them.
struct Scene {
  Scene(const Plugin& plugin, const Shapes& of, std::size_t rows)
      : shapes(of),
        n(rows),
        described(plugin.described()),
        metric(make_instance(plugin, MetricSetup{of, rows})),
        data(game_dataset(of.sample)),
        game(of) {
    for (const std::string& need : metric->needs_offered())
      if (!game_offers(need))
        throw Skip("it needs '" + need + "', which the check's discriminator does not offer");
  }

  // The snapshot of a step, in which `shift` is added to the generated samples.
  Snapshot snapshot(std::int64_t step, double shift) {
    const std::vector<Need> needs = metric->needs();
    const auto has = [&](Need need) {
      return std::find(needs.begin(), needs.end(), need) != needs.end();
    };
    Indices indices(n);
    std::iota(indices.begin(), indices.end(), static_cast<std::size_t>(step) * n);
    Snapshot::Content content{
        step, check_stream("metric").at(step), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    if (has(Need::real)) content.real = data->samples(Split::train, indices);
    if (has(Need::labels)) content.labels = data->labels(Split::train, indices);
    if (has(Need::generated))
      content.generated = (Variable(data->samples(Split::test, indices)) + shift).value();
    if (has(Need::latent)) content.latent = latent();
    if (has(Need::truth)) content.truth = data.get();
    if (has(Need::discriminator))
      content.discriminate = [this](const Batch& batch) { return discriminate(batch, ""); };
    if (has(Need::layers))
      content.layer = [this](const Batch& batch, const std::string& path) {
        return discriminate(batch, path).get("tap").value();
      };
    if (has(Need::losses)) content.losses = {{"discriminator", 0.7}, {"generator", 0.7}};
    return Snapshot(std::move(content));
  }

  std::vector<double> evaluate(std::int64_t step, double shift = 0.25) {
    const Snapshot seen = snapshot(step, shift);
    return guarded({described, "evaluate"}, [&] { return metric->evaluate(seen); });
  }

  Latent latent() const {
    Latent::Parts parts;
    Tensors values = draw_latent(shapes, n);
    for (std::size_t i = 0; i < values.size(); ++i)
      parts.emplace_back(shapes.parts[i].name, Variable(std::move(values[i])));
    return Latent(std::move(parts));
  }

  Outputs discriminate(const Batch& batch, const std::string& tap) {
    const NoHistory pause;
    Context context = check_context(Pass::evaluation);
    if (!tap.empty()) context.request_tap(tap);
    Outputs outputs = game.discriminator().forward(batch, context);
    if (!tap.empty()) outputs.set("tap", context.tap(tap));
    return outputs;
  }

  Shapes shapes;
  std::size_t n;
  std::string described;
  std::unique_ptr<Metric> metric;
  std::unique_ptr<Dataset> data;
  Game game;
};

// The setups that the metric takes.
std::vector<Shapes> find_fits(const Plugin& plugin) {
  std::vector<Shapes> fits;
  std::string refusal;
  for (const Shapes& shapes : game_shapes()) {
    try {
      make_instance(plugin, MetricSetup{shapes, 64});
      fits.push_back(shapes);
    } catch (const SpecError& error) {
      if (refusal.empty()) refusal = error.what();
    }
  }
  if (fits.empty()) throw Skip("it refuses every setup that is tried: " + refusal);
  return fits;
}

std::string series_mistake(const std::vector<SeriesInfo>& series) {
  std::set<std::string> names;
  if (series.empty()) return "it declares no series";
  for (const SeriesInfo& info : series) {
    if (info.name.empty()) return "a series has no name";
    if (info.unit.empty()) return "series '" + info.name + "' has no unit";
    if (!names.insert(info.name).second) return "series '" + info.name + "' is declared twice";
  }
  return "";
}

Outcome check_shapes(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::metric>(candidate);
  const std::vector<Shapes> fits = find_fits(plugin);
  std::size_t values = 0;
  for (const Shapes& shapes : fits)
    for (const std::size_t n : {33U, 64U, 200U}) {
      Scene scene(plugin, shapes, n);
      const std::vector<SeriesInfo> series = scene.metric->series();
      const std::string mistake = series_mistake(series);
      if (!mistake.empty()) return failed(mistake);
      values = scene.evaluate(1).size();
      if (values != series.size())
        return failed(describe(shapes) + ": " + plugin.described() + " must return " +
                      counted(series.size(), "value") + ", one for each series; it returned " +
                      std::to_string(values) + ".");
    }
  return ok(std::to_string(values) + " series, n = 33, 64, 200 in " +
            counted(fits.size(), "setup"));
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

Outcome check_bits(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::metric>(candidate);
  for (const Shapes& shapes : find_fits(plugin)) {
    Scene first(plugin, shapes, 64), second(plugin, shapes, 64);
    const std::vector<double> once = first.evaluate(1);
    // A value is a function of its snapshot: what was measured in between must not matter.
    first.evaluate(2, 1.5);
    if (!same_bits(once, first.evaluate(1)))
      return failed(describe(shapes) + ": a snapshot gives other values after another one");
    second.evaluate(2, 1.5);
    if (!same_bits(once, second.evaluate(1)))
      return failed(describe(shapes) + ": two instances give other values");
  }
  return ok("two calls, two instances, another snapshot in between");
}

// A count of good samples is rightly 0 where none is a number, so one series that is not finite is
// enough; a metric that shows no sign of it at all is taken for a result.
Outcome check_nan(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::metric>(candidate);
  Scene scene(plugin, find_fits(plugin).front(), 64);
  const std::vector<Need> needs = scene.metric->needs();
  if (std::find(needs.begin(), needs.end(), Need::generated) == needs.end())
    throw Skip("it sees no generated samples");
  std::vector<double> values;
  try {
    values = scene.evaluate(1, std::numeric_limits<double>::quiet_NaN());
  } catch (const std::exception&) {
    return ok("an error");
  }
  for (const double value : values)
    if (!std::isfinite(value)) return ok("not finite");
  return failed("every series is a finite number where every generated sample is NaN");
}

Outcome check_empty(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::metric>(candidate);
  try {
    Scene scene(plugin, find_fits(plugin).front(), 0);
    const std::size_t values = scene.evaluate(1).size(), series = scene.metric->series().size();
    if (values != series)
      return failed(std::to_string(values) + " values of 0 rows, instead of " +
                    std::to_string(series) + ", one for each series");
  } catch (const Skip&) {
    throw;
  } catch (const std::exception& error) {
    return ok(std::string("refused: ") + error.what());
  }
  return ok("0 rows");
}

Outcome time_call(const Candidate& candidate) {
  constexpr std::size_t kRows = 500;
  const Plugin plugin = open_candidate<kinds::metric>(candidate);
  Scene scene(plugin, find_fits(plugin).front(), kRows);
  return ok("a record of " + std::to_string(kRows) + " samples: " +
            median_time([&] { scene.evaluate(1); }) + " for " + describe(scene.shapes));
}

}  // namespace

std::vector<Check> metric_checks() {
  return {{"shapes", check_shapes},
          {"same-bits", check_bits},
          {"nan", check_nan},
          {"empty-batch", check_empty},
          {"time", time_call, false}};
}

}  // namespace saddle::plugin_check
