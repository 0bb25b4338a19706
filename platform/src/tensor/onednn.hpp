#pragma once

#include <oneapi/dnnl/dnnl.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

// What all primitives of oneDNN share. Each runs on the thread that asks for it alone: threads of
// its own would change bits for some shapes.
namespace saddle::kernels::onednn {

dnnl::engine& cpu();
// Whether it may use AVX-512. Its kernels without differ in what they are good at.
bool avx512();
// To be called before a primitive is created, which the number of threads becomes a part of.
void stay_on_this_thread();

// A primitive and what it reads and writes, for one thread. Made once: each argument takes several
// allocations.
class Call {
 public:
  using Argument = std::pair<int, dnnl::memory::desc>;
  Call() = default;
  Call(dnnl::primitive primitive, std::initializer_list<Argument> arguments);
  // Runs it on memory of these arguments, in their order.
  void operator()(std::initializer_list<const void*> data);

 private:
  dnnl::primitive primitive_;
  std::vector<dnnl::memory> memory_;
  std::vector<dnnl_exec_arg_t> arguments_;
};

inline dnnl::memory::dim extent(std::size_t x) { return static_cast<dnnl::memory::dim>(x); }
// Whether a kernel is code that was not written for any processor.
bool is_reference(const std::string& kernel);

}  // namespace saddle::kernels::onednn
