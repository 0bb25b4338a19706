// run_log_writer FILE [STEPS]: writes the example run, and closes it after STEPS steps; without
// STEPS it writes until it is killed. Errors go to stderr.
#include <saddle/base/error.hpp>

#include "experiment/example_run.hpp"

#include <cstdlib>
#include <iostream>

namespace {

void write(const std::string& path, std::int64_t steps) {
  saddle::testing::ExampleRun run(path);
  run.log.commit(0);
  run.log.start();
  for (std::int64_t step = 1; step <= steps; ++step) {
    run.append(step);
    run.log.commit(step);
  }
  run.log.event(steps, saddle::Event::finished);
  run.log.close();
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  try {
    write(arguments[1], count > 2 ? std::atoll(arguments[2]) : INT64_MAX);
    return 0;
  } catch (const saddle::Error& error) {
    std::cerr << error.what() << '\n';
    return error.exit_code();
  }
}
