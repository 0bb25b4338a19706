#include <saddle/nn/average_pool.hpp>

#include <saddle/autograd/ops/pooling.hpp>

namespace saddle::nn {

AveragePool::AveragePool(std::size_t window) : window_(window) {}
AveragePool::~AveragePool() = default;

Variable AveragePool::forward(const Variable& x, Context&) { return average_pool(x, window_); }

}  // namespace saddle::nn
