#include <saddle/bounds/variational.hpp>

#include "experiment/estimators/registry.hpp"

#include <algorithm>
#include <cmath>

namespace saddle::estimators {
namespace {

constexpr const char* kCost = "seconds to minutes, by the steps of training";
constexpr const char* kVariance = "much information: its variance grows with the exponential of it";

// How each differs from the others.
struct DonskerVaradhan {
  static Card card() {
    return {"donsker-varadhan", "Donsker and Varadhan's bound with a trained critic",
            "moderate information in many dimensions", kCost, kVariance};
  }
};
struct Mine {
  static Card card() {
    return {"mine", "Donsker and Varadhan's bound, trained with a moving average in its gradient",
            "comparison with published figures", kCost, kVariance};
  }
};
struct Nwj {
  static Card card() {
    return {"nwj", "Nguyen, Wainwright and Jordan's bound with a trained critic",
            "a bound whose estimate is unbiased for its critic", kCost, kVariance};
  }
};
struct InfoNce {
  static Card card() {
    return {"info-nce", "the share of each pair among a batch, with a trained critic",
            "steady estimates below the logarithm of the batch", kCost, "ln of the batch"};
  }
};
struct JensenShannon {
  static Card card() {
    return {"jensen-shannon", "a critic trained by the Jensen-Shannon bound, its value by NWJ",
            "steadier training than nwj", kCost, kVariance};
  }
};
struct Smile {
  static Card card() {
    return {"smile", "a critic trained by the Jensen-Shannon bound, its value with clipped scores",
            "less variance for some bias", kCost, "not a bound: it may be too high"};
  }
};
struct KlDime {
  static Card card() {
    return {"kl-dime", "the mean log ratio of a critic trained as for nwj",
            "values without the variance of pairs drawn apart", kCost,
            "not a bound: it may be too high"};
  }
};
struct GanDime {
  static Card card() {
    return {"gan-dime", "the mean log ratio of a critic trained as a GAN's discriminator",
            "values without the variance of pairs drawn apart", kCost,
            "not a bound: it may be too high"};
  }
};
struct Club {
  static Card card() {
    return {"club", "an upper bound from a Gaussian q(y | x) with trained moments",
            "information that is to be kept low", kCost,
            "a y that is not Gaussian given x: it is no bound then"};
  }
};

template <class Kind>
struct Variational {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  using Options = bounds::VariationalOptions;
  static Card card() {
    Card card = Kind::card();
    // Each value is a training.
    card.error = "none";
    card.permutations = 1;
    return card;
  }
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    const std::string name = Kind::card().name;
    estimator.value = [options, name](const info::Sample& s) {
      return bounds::variational_information(name, s.x, s.y, options);
    };
    estimator.least_rows = [](const info::Sample&) { return bounds::kVariationalRows; };
    if (name == "info-nce")
      estimator.ceiling = [options](const info::Sample& s) {
        const std::size_t held_out = s.x.rows - s.x.rows / 2;
        return std::log(
            static_cast<double>(std::min({options.batch, held_out, bounds::kMostHeldOut})));
      };
    constexpr std::size_t kTried = 2000;
    estimator.in_range = [](const info::Sample& s) { return s.x.rows >= kTried; };
    return estimator;
  }
};

const Registered<Variational<Club>> kClub;
const Registered<Variational<DonskerVaradhan>> kDonskerVaradhan;
const Registered<Variational<GanDime>> kGanDime;
const Registered<Variational<InfoNce>> kInfoNce;
const Registered<Variational<JensenShannon>> kJensenShannon;
const Registered<Variational<KlDime>> kKlDime;
const Registered<Variational<Mine>> kMine;
const Registered<Variational<Nwj>> kNwj;
const Registered<Variational<Smile>> kSmile;

}  // namespace
}  // namespace saddle::estimators
