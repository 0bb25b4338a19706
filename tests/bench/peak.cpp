// bench_peak THREADS: prints its threads as JSON; then, for each line of stdin, measures what this
// machine can do on so many, and prints it as JSON: operations per second of single-precision
// products of 512 x 512 matrices that stay in the cache, bytes per second of a sum of two long
// arrays that do not, and, for several threads, the seconds until one sees what another wrote.
#include <oneapi/dnnl/dnnl.h>

#include <cblas.h>
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRepeats = 12;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// The work of one call over its seconds, at the fastest of some repeats.
template <class Work>
double rate(double work, const Work& once) {
  once();
  double best = 1e9;
  for (int i = 0; i < kRepeats; ++i) {
    const Clock::time_point begin = Clock::now();
    once();
    best = std::min(best, seconds_since(begin));
  }
  return work / best;
}

// Of the two libraries that the workloads' products may go to, the faster here.
double product_rate() {
  constexpr int kSide = 512;
  constexpr double kOperations = 2.0 * kSide * kSide * kSide;
  omp_set_num_threads(1);
  const std::vector<float> a(kSide * kSide, 1), b(kSide * kSide, 1);
  std::vector<float> c(kSide * kSide);
  const double onednn = rate(kOperations, [&] {
    dnnl_sgemm('N', 'N', kSide, kSide, kSide, 1, a.data(), kSide, b.data(), kSide, 0, c.data(),
               kSide);
  });
  const double openblas = rate(kOperations, [&] {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, kSide, kSide, kSide, 1, a.data(), kSide,
                b.data(), kSide, 0, c.data(), kSide);
  });
  return std::max(onednn, openblas);
}

void add(const float* __restrict a, const float* __restrict b, float* __restrict c,
         std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) c[i] = a[i] + b[i];
}

double stream_rate() {
  constexpr std::size_t kCount = std::size_t{1} << 24;  // 64 MB each
  const std::vector<float> a(kCount, 1), b(kCount, 1);
  std::vector<float> c(kCount);
  return rate(3.0 * kCount * sizeof(float), [&] { add(a.data(), b.data(), c.data(), kCount); });
}

// All threads at once; the rates add up.
double together(std::size_t threads, double (*measure)()) {
  std::vector<double> rates(threads);
  std::vector<std::thread> team;
  for (double& found : rates) team.emplace_back([&found, measure] { found = measure(); });
  for (std::thread& one : team) one.join();
  double sum = 0;
  for (const double one : rates) sum += one;
  return sum;
}

// Two threads answer each other by one line of the cache. Cores that share a cache take tens of
// nanoseconds, others hundreds; which ones a virtual machine has may change from minute to minute.
double seconds_between_threads() {
  constexpr int kTurns = 4000;
  std::atomic<int> turn{0};
  const auto answer = [&turn](int first, int last) {
    for (int i = first; i < last; i += 2) {
      while (turn.load(std::memory_order_acquire) != i) continue;
      turn.store(i + 1, std::memory_order_release);
    }
  };
  std::thread other(answer, 1, kRepeats * kTurns);
  double best = 1e9;
  for (int i = 0; i < kRepeats; ++i) {
    const Clock::time_point begin = Clock::now();
    answer(i * kTurns, (i + 1) * kTurns);
    // The thread has just begun in the first.
    if (i > 0) best = std::min(best, seconds_since(begin) / kTurns);
  }
  other.join();
  return best;
}

}  // namespace

int main(int count, char** arguments) {
  const int threads = count > 1 ? std::atoi(arguments[1]) : 1;
  if (threads < 1) return 2;
  openblas_set_num_threads(1);
  std::printf("{\"threads\": %d}\n", threads);
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    const auto team = static_cast<std::size_t>(threads);
    const bool several = threads > 1 && std::thread::hardware_concurrency() > 1;
    const double between = several ? seconds_between_threads() : 0;
    std::printf("{\"flops\": %.4g, \"bytes\": %.4g, \"between_s\": %.3g}\n",
                together(team, product_rate), together(team, stream_rate), between);
    std::fflush(stdout);
  }
}
