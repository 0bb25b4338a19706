#pragma once

#include <saddle/base/schema.hpp>

#include "experiment/latent_choice.hpp"
#include "experiment/update_choice.hpp"
#include "optim/choice.hpp"
#include "optim/clip.hpp"
#include "plugin/registry.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// What to wait for beside the last step.
struct StopSpec {
  std::string series;
  std::optional<double> below, above;
  std::int64_t patience = 1;
  static void describe(Schema& schema);
};

// A moving average of the generator's parameters: average <- decay average + (1 - decay) parameter.
struct AverageSpec {
  double decay = 0.999;
  std::int64_t start = 0;
  static void describe(Schema& schema);
};

// Where the players' first weights come from, if not from their initialisers.
struct InitFromSpec {
  std::string run;
  std::optional<std::int64_t> step;
  std::vector<std::string> players = {"generator", "discriminator"};
  bool average = false;
  static void describe(Schema& schema);
};

// How a run goes on after a value that is not finite.
struct RollbackSpec {
  double factor = 0.5;
  std::int64_t times = 3;
  static void describe(Schema& schema);
};

// Bounds on gradients: one for every player and every term with parameters, or for one player.
struct ClipSpec {
  std::optional<double> norm, value;
  std::optional<ClipLimit> generator, discriminator;
  static void describe(Schema& schema);
};

struct TrainSpec {
  std::optional<std::int64_t> steps, epochs;
  std::uint64_t batch = 256;
  std::int64_t discriminator_steps = 1, generator_steps = 1;
  UpdateChoice update = UpdateChoice::standard();
  std::uint64_t packing = 1;
  Schedule instance_noise = Schedule::of(0);
  // By player, "generator" and "discriminator", or by the name of a loss term with parameters.
  Named<OptimizerChoice> optimizer;
  std::optional<ClipSpec> clip;
  std::optional<AverageSpec> average;
  std::optional<InitFromSpec> init_from;
  std::vector<std::string> freeze;
  std::optional<StopSpec> stop_when;
  std::string on_divergence = "stop";
  RollbackSpec rollback;
  static void describe(Schema& schema);

  // The optimizer of a player or term; Adam with its defaults where the spec names none.
  OptimizerChoice optimizer_of(const std::string& name) const;
  // The bound on the gradients of a player or term, if any.
  std::optional<ClipLimit> clip_of(const std::string& name) const;
  // The real batches that a step takes.
  std::int64_t batches_in_step() const { return discriminator_steps * update.batches(); }
  bool freezes(const std::string& player) const;
};

struct LogSpec {
  struct Every {
    std::int64_t every = 1;
    static void describe(Schema& schema);
  };
  struct Samples {
    std::int64_t every = 500;
    std::uint64_t count = 2500;
    static void describe(Schema& schema);
  };
  // Weights are kept whenever the series is the best so far.
  struct Best {
    std::string series, keep = "min";
    static void describe(Schema& schema);
  };
  Every losses{1};
  Every players{10};
  Samples samples;
  Every weights{5000};
  Every checkpoint{1000};
  std::optional<Every> states;
  std::optional<Best> best;
  static void describe(Schema& schema);
};

// The options of a loss term or a metric that belong to the host.
struct TermSpec {
  std::string plugin, name;
  Schedule weight = Schedule::of(1);
  static void describe(Schema& schema);
};
struct MetricSpec {
  std::string plugin, name;
  std::int64_t every = 500;
  std::uint64_t samples = 2500;
  static void describe(Schema& schema);
};

struct Term {
  TermSpec spec;
  OpenPlugin<kinds::loss> plugin;
};
struct MetricUse {
  MetricSpec spec;
  OpenPlugin<kinds::metric> plugin;
};

// An experiment as its file describes it, every value checked and every plugin's library open.
struct Spec {
  std::string name;
  std::uint64_t seed = 1;
  std::uint64_t threads = 1;
  Named<LatentChoice> latent;
  TrainSpec train;
  LogSpec log;
  OpenPlugin<kinds::dataset> dataset;
  OpenPlugin<kinds::generator> generator;
  OpenPlugin<kinds::discriminator> discriminator;
  std::vector<Term> losses;
  std::vector<MetricUse> metrics;

  // What was read, for the places of messages, and the name of the file in them.
  Value root;
  std::string shown;
  // "spec.yaml:7:3: " of the value at a path of keys.
  std::string place(const std::vector<std::string>& path) const;

  std::string folder;                     // of the file
  std::vector<std::string> base_folders;  // of those that it extends
  std::string source;                     // its text
  // Path and text of each file that it extends, and what the command line set.
  std::vector<std::pair<std::string, std::string>> bases;
  std::vector<std::string> overrides;
  std::string resolved;  // the same with every default written out
  std::string defaults;  // the same plugins with nothing but defaults
};

// Reads a spec file, with the files that it extends and overrides as "train.steps=100". Throws
// SpecError with every mistake, or PluginError where only its plugins cannot be used.
Spec read_spec(const std::string& path, const Catalog& catalog,
               const std::vector<std::string>& overrides = {});

// A spec as a run has kept it.
struct StoredSpec {
  std::string shown;  // the file that keeps it, for messages
  std::string source, resolved;
  std::string folder;
  std::vector<std::string> base_folders;
};
// The same of a resolved spec, whose plugins by path are those at the same path.
Spec read_stored_spec(const StoredSpec& stored, const Catalog& catalog,
                      const std::vector<std::string>& overrides = {});

}  // namespace saddle
