#pragma once

#include <saddle/saddle.hpp>

namespace saddle::entropy_bonus {

// The distance of each row to the k-th nearest other row, in the Euclidean norm: [n, d] -> [n].
// Which row that is, is held fixed by its derivatives. 0 < k < n.
Variable neighbour_distances(const Variable& x, std::size_t k);

}  // namespace saddle::entropy_bonus
