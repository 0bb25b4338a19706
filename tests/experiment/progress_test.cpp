#include "experiment/progress.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <thread>

using saddle::Progress;

TEST_CASE("The rate of a resumed run counts its own steps") {
  Progress progress(1000, false);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  progress.show(901);
  progress.show(902);
  progress.observe("generator", 0.25);
  progress.observe("modes/modes", 8);
  const std::string line = progress.line(902);
  INFO(line);
  CHECK(line.rfind("step 902/1000  ", 0) == 0);
  // Two steps in more than a twentieth of a second.
  const double rate = std::stod(line.substr(15));
  CHECK(rate > 0);
  CHECK(rate <= 40);
  CHECK(line.find(" left  generator 0.25  modes/modes 8") != std::string::npos);
}

TEST_CASE("Progress names what is counted") {
  Progress progress(2000, false, "sample");
  progress.show(512, 512);
  const std::string line = progress.line(512);
  INFO(line);
  CHECK(line.rfind("sample 512/2000  ", 0) == 0);
  CHECK(line.find(" samples/s  ") != std::string::npos);
}
