#pragma once

#include "tensor/product.hpp"

#include <cstddef>
#include <string>

// The door to OpenBLAS, which uses the thread that asks for it alone: threads of its own would make
// bits depend on their number.
namespace saddle::kernels::openblas {

// What calls LAPACK must call this before; the product below does.
void stay_on_this_thread();

// c = op(a) op(b) of matrices by rows, each of which begins a stride after the one before.
// T is float or double.
template <class T>
void multiply(const T* a, const T* b, T* c, const StridedProduct& p);

// What it says of itself, with the processor that it chose.
std::string description();

}  // namespace saddle::kernels::openblas
