#include "tensor/onednn.hpp"

#include <omp.h>

#include <cassert>

namespace saddle::kernels::onednn {

dnnl::engine& cpu() {
  static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

bool avx512() {
  static const bool found =
      (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core;
  return found;
}

void stay_on_this_thread() { omp_set_num_threads(1); }

Call::Call(dnnl::primitive primitive, std::initializer_list<Argument> arguments)
    : primitive_(std::move(primitive)) {
  for (const auto& [name, description] : arguments) {
    memory_.emplace_back(description, cpu(), nullptr);
    arguments_.push_back({name, memory_.back().get()});
  }
}

void Call::operator()(std::initializer_list<const void*> data) {
  assert(data.size() == memory_.size());
  auto memory = memory_.begin();
  for (const void* const block : data) (memory++)->set_data_handle(const_cast<void*>(block));
  stay_on_this_thread();
  thread_local dnnl::stream stream(cpu());
  dnnl::error::wrap_c_api(
      dnnl_primitive_execute(primitive_.get(), stream.get(), static_cast<int>(arguments_.size()),
                             arguments_.data()),
      "could not execute a primitive");
}

bool is_reference(const std::string& kernel) { return kernel.find("ref") != std::string::npos; }

}  // namespace saddle::kernels::onednn
