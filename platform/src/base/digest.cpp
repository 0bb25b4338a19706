#include "base/digest.hpp"

#include <saddle/base/pool.hpp>

#define XXH_INLINE_ALL  // with the vectors that this library is built for
#include <xxhash.h>

namespace saddle {

struct Digest::State : Pooled {
  XXH3_state_t state;
};
static_assert(alignof(XXH3_state_t) <= kPoolAlignment);

Digest::Digest() : state_(std::make_unique<State>()) {
  XXH3_INITSTATE(&state_->state);
  XXH3_64bits_reset(&state_->state);
}
Digest::~Digest() = default;

void Digest::update(const void* bytes, std::size_t count) {
  XXH3_64bits_update(&state_->state, bytes, count);
}

double Digest::number() const {
  constexpr int kDropped = 64 - 53;
  return static_cast<double>(XXH3_64bits_digest(&state_->state) >> kDropped);
}

}  // namespace saddle
