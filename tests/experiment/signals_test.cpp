#include "experiment/signals.hpp"

#include <saddle/autograd/ops/linear.hpp>
#include <saddle/tensor/random.hpp>
#include <saddle/tensor/threads.hpp>

#include <catch2/catch.hpp>

#include <pthread.h>
#include <chrono>
#include <thread>

using namespace saddle;

TEST_CASE("A signal is kept, and changes no product that it interrupts") {
  const std::size_t before = threads();
  set_threads(1);
  const Variable a(random_normal(RandomStream(1, "a"), {512, 128}));
  const Variable b(random_normal(RandomStream(1, "b"), {128, 128}));
  const Tensor expected = matmul(a, b).value();
  std::size_t wrong = 0;
  for (int i = 0; i < 2000; ++i) {
    const Signals signals;
    CHECK(Signals::received() == 0);
    std::thread sender([training = pthread_self(), i] {
      std::this_thread::sleep_for(std::chrono::microseconds(i % 100));
      pthread_kill(training, SIGINT);
    });
    while (Signals::received() == 0) wrong += matmul(a, b).value() == expected ? 0U : 1U;
    CHECK(Signals::received() == SIGINT);
    sender.join();
  }
  CHECK(wrong == 0);
  set_threads(before);
}
