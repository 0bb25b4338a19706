#pragma once

#include <string>
#include <vector>

namespace saddle {

// One check of the parts that every run stands on.
struct SelfTest {
  std::string what;
  std::string failure;  // what was expected and found, or "" where it passed
};

// Products by the fast kernels against the reference, gradients through a network against central
// differences, and random numbers against a known answer. Takes less than a second.
std::vector<SelfTest> run_self_tests();

}  // namespace saddle
