#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/random.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace saddle {

enum class Mode { train, evaluate };

// What one forward call of a network may know: the mode, the step, its own random numbers, and
// which inner values somebody asked to see.
class Context {
 public:
  // `stream` stands at the step and the update in it. `first_row` is the number of the batch's
  // first row where a sample is computed in chunks.
  Context(Mode mode, std::int64_t step, RandomStream stream, std::size_t first_row = 0);

  Mode mode() const { return mode_; }
  bool training() const { return mode_ == Mode::train; }
  std::int64_t step() const { return step_; }
  std::size_t first_row() const { return first_row_; }

  // The k-th request of a call gives the k-th child stream, so that each layer draws its own.
  RandomStream random();

  // Whether this is a training forward of the network's own update: on its own batch, while it is
  // the one that is trained. Only there do layers propose new values of their buffers; forwards on
  // interpolates, in the other player's update or in one that is only tried out leave no trace.
  bool own_update() const { return forward_ == Forward::own_update; }
  void enter_own_update() { forward_ = Forward::own_update; }
  // The same in an update that is only tried out, whose objective is that of the update itself.
  void enter_own_trial() { forward_ = Forward::own_trial; }
  // For stochastic layers, whether they sample: in the network's own update, tried out or not.
  bool samples() {
    asked_to_sample_ = true;
    return forward_ != Forward::other;
  }
  // Whether a layer asked that, so that forwards for other objectives differ.
  bool asked_to_sample() const { return asked_to_sample_; }

  // Asks for the output of the layer at a module path.
  void request_tap(const std::string& path) { taps_[path]; }
  // Called by every layer with its output.
  void offer_tap(const std::string& path, const Variable& output);
  bool has_taps() const { return !taps_.empty(); }
  // What the tapped layer returned at its last call. Throws PluginError where it was never called,
  // naming those that were.
  const Variable& tap(const std::string& path) const;

 private:
  Mode mode_;
  std::int64_t step_;
  RandomStream stream_;
  std::size_t first_row_;
  std::size_t requests_ = 0;
  enum class Forward { other, own_trial, own_update };
  Forward forward_ = Forward::other;
  bool asked_to_sample_ = false;
  std::map<std::string, Variables> taps_;
  std::vector<std::string> offered_;
};

}  // namespace saddle
