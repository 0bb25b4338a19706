#include <saddle/base/error.hpp>

#include "io/hdf5_internal.hpp"

#include <set>
#include <utility>

namespace saddle::hdf5 {
namespace {

// A walk through groups. It ends, since no group is entered twice, nor more than so many levels.
struct Walk {
  static constexpr std::size_t kDeepest = 32;
  std::vector<std::string> datasets;
  std::set<std::pair<unsigned long, haddr_t>> entered;
  std::size_t depth = 0;
};

void walk(const Group& group, const std::string& prefix, Walk& so_far) {
  H5O_info_t info;
  check(H5Oget_info2(group.id(), &info, H5O_INFO_BASIC), group, "cannot be read");
  if (!so_far.entered.emplace(info.fileno, info.addr).second)
    throw DataError(where(group) + ": this group stands in two places.");
  if (++so_far.depth > Walk::kDeepest)
    throw DataError(where(group) + ": expected at most " + std::to_string(Walk::kDeepest) +
                    " groups within one another, found more.");
  for (const std::string& name : group.names()) {
    if (group.has_group(name))
      walk(group.group(name), prefix + name + "/", so_far);
    else
      so_far.datasets.push_back(prefix + name);
  }
  --so_far.depth;
}

}  // namespace

std::vector<std::string> Group::datasets_below() const {
  Walk all;
  walk(*this, "", all);
  return std::move(all.datasets);
}

}  // namespace saddle::hdf5
