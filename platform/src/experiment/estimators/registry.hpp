#pragma once

#include <saddle/base/schema.hpp>
#include <saddle/info/estimate.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// Every estimator by quantity and name, as `saddle estimate` offers them. The registry stands above
// `bounds`, so that it can hold estimators with networks too; plugins call the functions of `info`
// and `bounds` themselves.
namespace saddle::estimators {

// What a user reads of an estimator. Each is one phrase.
struct Card {
  std::string name;    // kebab-case
  std::string doc;     // what it computes
  std::string use;     // what it is for
  std::string cost;    // of one value; the error and the baseline multiply it
  std::string limits;  // where it fails, which the flag `uncalibrated` tells as far as it can
  // The kind of `info::Resampling` that suits it.
  std::string error = "jackknife";
  // The shufflings for the baseline of mutual information, unless the user says otherwise.
  std::size_t permutations = info::Baseline{}.permutations;
};

// An estimator with its options.
struct Bound {
  info::Estimator estimator;
  // Of one that chooses between ways: the parts of what it took for the first sample that it was
  // given, which is the whole one; resamples come later.
  std::shared_ptr<const std::vector<std::string>> chosen = nullptr;
};

struct Listed {
  info::Quantity quantity;
  Card card;
  Schema schema;
  std::function<std::shared_ptr<void>()> default_options;
  std::function<Bound(const void*)> bind;
};

// "entropy", "kl" or "mi".
std::string name_of(info::Quantity quantity);

// All of them, sorted by quantity and name.
const std::vector<Listed>& all();

// Called before main, once for each estimator.
void enter(Listed listed);

// A file adds an estimator by a variable of this type at namespace scope. E has `static Card
// card()`, `static constexpr info::Quantity kQuantity`, a struct `Options` with `describe`, and
// `static info::Estimator bind(const Options&)`, or Bound, which leaves the quantity to this.
template <class E>
struct Registered {
  Registered() {
    using Options = typename E::Options;
    enter({E::kQuantity, E::card(), Schema::of<Options>(),
           [] { return std::make_shared<Options>(); },
           [](const void* options) {
             Bound bound{E::bind(*static_cast<const Options*>(options))};
             bound.estimator.quantity = E::kQuantity;
             return bound;
           }});
  }
};

// The options of an estimator that has none.
struct NoOptions {
  static void describe(Schema&) {}
};

}  // namespace saddle::estimators
