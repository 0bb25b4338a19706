#pragma once

#include "experiment/run_log.hpp"

#include <string>
#include <vector>

namespace saddle::testing {

// A run whose every number follows from its step, written as a trainer writes one: losses each
// step; metrics, samples and weights every fifth. tests/python/read_run_test.py knows the formulas.
class ExampleRun {
 public:
  static constexpr std::int64_t kEvery = 5;

  explicit ExampleRun(const std::string& path)
      : log(path, header(), tables(), hdf5::Element::float32) {
    const std::vector<float> real = {0, 1, 2, 3, 4, 5};
    log.write_fixed(kSamples, 0, real.data());
    log.event(0, Event::started);
  }

  void append(std::int64_t step) {
    const auto x = static_cast<double>(step);
    log.append(kLosses, step, {x, -x, x / 2});
    if (step % kEvery != 0) return;
    log.append(kModes, step, {8 - x / 100, x});
    const auto f = static_cast<float>(step);
    const std::vector<float> samples = {f, f + 1, f + 2, f + 3, f + 4, f + 5};
    log.append(kSamples, step, {}, {samples.data()});
    std::vector<float> matrix(16, f);
    matrix[1] = -f;  // row 0, column 1
    const std::vector<float> bias = {f, 2 * f};
    log.append(kWeights, step, {}, {matrix.data(), bias.data(), &f});
    log.append(kTiming, step, {0.25});
  }

  RunLog log;

 private:
  enum : std::size_t { kLosses, kModes, kSamples, kWeights, kTiming };

  static RunHeader header() {
    RunHeader header;
    header.name = "ring8-größe";
    header.seed = 18446744073709551615u;
    header.created = "2024-01-02T03:04:05Z";
    header.spec_source = "name: ring8-größe\n";
    header.spec_resolved = "name: ring8-größe\nseed: 1\n";
    header.provenance = {{"compiler", "gcc 12"}, {"threads", 2}, {"plugins/loss-bce/sha256", "ab"}};
    return header;
  }

  static std::vector<Table> tables() {
    Table losses{
        "losses", {{"discriminator", "nats"}, {"generator", "nats"}, {"bce/real", ""}}, {}, {}};
    Table modes{
        "metrics/modes", {{"covered", "", {{"estimator", "nearest"}, {"n", 2500}}}}, {}, {}};
    modes.series.push_back({"count", "", {}, true});
    const Axis sample{"sample", 3}, axis{"feature", 2};
    Table samples{"samples", {}, {{"generated", {sample, axis}}}, {{"real", {sample, axis}}}};
    Table weights{"weights", {}, {}, {}};
    weights.arrays = {{"generator/body.0.weight", {{"out", 4}, {"in", 4}}},
                      {"generator/body.0.bias", {{"out", 2}}},
                      {"discriminator/scale", {}}};
    Table timing{"timing", {{"discriminator", "s"}}, {}, {}};
    // Two dimensions of one role and size, in a table that never gets a row.
    Table kernels{"states", {}, {{"kernel", {{"tap", 3}, {"tap", 3}}}}, {}};
    return {losses, modes, samples, weights, timing, kernels};
  }
};

}  // namespace saddle::testing
