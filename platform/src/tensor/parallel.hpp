#pragma once

#include <saddle/tensor/threads.hpp>

#include <omp.h>

#include <algorithm>
#include <cstddef>
#include <exception>

namespace saddle::kernels {

// Runs body(block) for each block of an output. The number of blocks must follow from the shape
// alone; which thread runs a block changes nothing. What the first block to fail throws is thrown
// here, once all threads are done.
template <class Body>
void for_blocks(std::size_t blocks, Body body) {
  const int team = static_cast<int>(std::min(blocks, threads()));
  // Within a block of another op all threads are at work, and a team of one would take memory.
  if (team <= 1 || omp_in_parallel()) {
    for (std::size_t block = 0; block < blocks; ++block) body(block);
    return;
  }
  std::exception_ptr failure;
#pragma omp parallel for num_threads(team) schedule(static)
  for (std::size_t block = 0; block < blocks; ++block) {
    try {
      body(block);
    } catch (...) {
#pragma omp critical
      if (!failure) failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

// The same over [0, count), in ranges of `grain`: body(begin, end).
template <class Body>
void for_ranges(std::size_t count, std::size_t grain, Body body) {
  for_blocks((count + grain - 1) / grain,
             [&](std::size_t block) { body(block * grain, std::min(count, (block + 1) * grain)); });
}

}  // namespace saddle::kernels
