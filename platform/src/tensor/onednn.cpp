#include "tensor/onednn.hpp"

#include <omp.h>

namespace saddle::kernels::onednn {

dnnl::engine& cpu() {
  static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

void stay_on_this_thread() { omp_set_num_threads(1); }

void execute(const dnnl::primitive& primitive, const Arguments& arguments) {
  stay_on_this_thread();
  thread_local dnnl::stream stream(cpu());
  primitive.execute(stream, arguments);
}

bool is_reference(const std::string& kernel) { return kernel.find("ref") != std::string::npos; }

}  // namespace saddle::kernels::onednn
