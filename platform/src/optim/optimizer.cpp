#include "optim/optimizer.hpp"

namespace saddle {

Optimizer::~Optimizer() = default;

}  // namespace saddle
