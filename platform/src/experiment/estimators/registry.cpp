#include "experiment/estimators/registry.hpp"

#include <algorithm>
#include <tuple>

namespace saddle::estimators {
namespace {

// Made at its first use, which may come from another file's variables.
std::vector<Listed>& entries() {
  static std::vector<Listed> list;
  return list;
}

}  // namespace

std::string name_of(info::Quantity quantity) {
  if (quantity == info::Quantity::entropy) return "entropy";
  return quantity == info::Quantity::kl ? "kl" : "mi";
}

const std::vector<Listed>& all() { return entries(); }

void enter(Listed listed) {
  std::vector<Listed>& list = entries();
  const auto place = [](const Listed& e) { return std::tie(e.quantity, e.card.name); };
  const auto at =
      std::upper_bound(list.begin(), list.end(), listed,
                       [&](const Listed& a, const Listed& b) { return place(a) < place(b); });
  list.insert(at, std::move(listed));
}

}  // namespace saddle::estimators
