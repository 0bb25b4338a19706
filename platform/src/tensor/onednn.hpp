#pragma once

#include <oneapi/dnnl/dnnl.hpp>

#include <cstddef>
#include <string>
#include <unordered_map>

// What all primitives of oneDNN share. Each runs on the thread that asks for it alone: threads of
// its own would change bits for some shapes.
namespace saddle::kernels::onednn {

using Arguments = std::unordered_map<int, dnnl::memory>;

dnnl::engine& cpu();
// To be called before a primitive is created, which the number of threads becomes a part of.
void stay_on_this_thread();
void execute(const dnnl::primitive& primitive, const Arguments& arguments);

inline dnnl::memory::dim extent(std::size_t x) { return static_cast<dnnl::memory::dim>(x); }
// Whether a kernel is code that was not written for any processor.
bool is_reference(const std::string& kernel);

}  // namespace saddle::kernels::onednn
