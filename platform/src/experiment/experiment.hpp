#pragma once

#include <saddle/plugin/plugin.hpp>

#include "experiment/latent_source.hpp"
#include "experiment/spec.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace saddle {

// A loss term, made.
struct LossTerm {
  std::string name, described, place;
  Schedule weight;
  std::unique_ptr<Loss> loss;
  Loss::Objectives objectives;
  std::vector<SeriesInfo> series;
  std::vector<std::string> series_names;
};

// A metric, made.
struct MetricTerm {
  std::string name, described, place;
  std::int64_t every;
  std::size_t samples;
  std::unique_ptr<Metric> metric;
  std::vector<SeriesInfo> series;
  std::vector<Need> needs;
};

// Everything that a spec names, made and initialised.
struct Experiment {
  Spec spec;
  RandomStream streams;  // the root of all streams of the run
  std::unique_ptr<Dataset> dataset;
  LatentSource latents;
  Shapes shapes;
  std::unique_ptr<Generator> generator;
  std::unique_ptr<Discriminator> discriminator;
  std::vector<LossTerm> losses;
  std::vector<MetricTerm> metrics;
  std::int64_t steps;  // the length of the run
};

// Makes an experiment and passes a small batch through it. Throws SpecError where parts do not fit,
// PluginError where a plugin fails, DataError where data cannot be read.
std::unique_ptr<Experiment> make_experiment(Spec spec, const Catalog& catalog);

}  // namespace saddle
