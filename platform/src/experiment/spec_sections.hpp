#pragma once

#include <saddle/base/schema.hpp>

#include "experiment/spec.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace saddle {

// A mapping that is read later, when its plugin is known.
template <>
struct FieldType<Value> {
  static std::string name() { return "mapping"; }
  static std::shared_ptr<const Schema> nested() { return nullptr; }
  static void read(const Value& value, Value& out, const Site&) { out = value; }
  static Value write(const Value& value) { return value; }
};

// The top level of a spec, with the plugins' sections as they stand.
struct SpecSections {
  std::optional<std::string> extends;  // done when the layers were put together
  std::string name;
  std::uint64_t seed = 1;
  Value dataset;
  Named<LatentChoice> latent;
  Value generator, discriminator, losses;
  TrainSpec train;
  Value metrics;
  LogSpec log;
  std::uint64_t threads = 1;
  static void describe(Schema& schema);
};

// Checks what no single field can see, as names that must differ. `root` is the whole spec.
void check_sections(const SpecSections& sections, const Value& root, Problems& problems);
// Term and metric names name groups and columns of the run file.
void check_names(const std::string& what, const std::vector<std::string>& names, const Value& list,
                 Problems& problems);
// The weights of the loss terms.
void check_weights(const std::vector<Schedule>& weights, const Value& list, Problems& problems);
void check_optimizers(const TrainSpec& train, const std::vector<std::string>& terms,
                      const Value& root, Problems& problems);

}  // namespace saddle
