#include <saddle/nn/max_pool.hpp>

#include <saddle/autograd/ops/pooling.hpp>

namespace saddle::nn {

MaxPool::MaxPool(std::size_t window) : MaxPool(window, {window, 0}) {}
MaxPool::MaxPool(std::size_t window, Geometry geometry) : window_(window), geometry_(geometry) {}
MaxPool::~MaxPool() = default;

Variable MaxPool::forward(const Variable& x, Context&) { return max_pool(x, window_, geometry_); }

}  // namespace saddle::nn
