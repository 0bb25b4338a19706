#include "base/digest.hpp"

#include <xxhash.h>

#include <new>

namespace saddle {

struct Digest::State {
  XXH3_state_t* state = XXH3_createState();
  State() {
    if (state == nullptr) throw std::bad_alloc();
    XXH3_64bits_reset(state);
  }
  ~State() { XXH3_freeState(state); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::~Digest() = default;

void Digest::update(const void* bytes, std::size_t count) {
  XXH3_64bits_update(state_->state, bytes, count);
}

double Digest::number() const {
  constexpr int kDropped = 64 - 53;
  return static_cast<double>(XXH3_64bits_digest(state_->state) >> kDropped);
}

}  // namespace saddle
