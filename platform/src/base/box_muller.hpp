#pragma once

#include <cstddef>

namespace saddle {

// The transform of Box and Muller (A note on the generation of random normal deviates, 1958), of
// several pairs at once. A pair's numbers are the same whatever it is transformed with.
class BoxMuller {
 public:
  BoxMuller() = default;
  ~BoxMuller() { transform(); }
  BoxMuller(const BoxMuller&) = delete;
  BoxMuller& operator=(const BoxMuller&) = delete;

  // Two independent uniform numbers on (0, 1) become `wanted` of two independent numbers N(0, 1),
  // 1 or 2, at `to`: by the time that this object ends.
  void add(double radius, double turn, double* to, std::size_t wanted) {
    if (size_ == kMost) transform();
    radii_[size_] = radius;
    turns_[size_] = turn;
    targets_[size_++] = {to, wanted};
  }

 private:
  struct Target {
    double* to;
    std::size_t wanted;
  };
  static constexpr std::size_t kMost = 64;

  void transform();

  double radii_[kMost], turns_[kMost];
  Target targets_[kMost];
  std::size_t size_ = 0;
};

}  // namespace saddle
