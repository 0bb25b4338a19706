#include <saddle/info/discrete.hpp>
#include <saddle/info/histogram.hpp>
#include <saddle/info/symbols.hpp>

#include "experiment/estimators/discrete.hpp"
#include "experiment/estimators/registry.hpp"

#include <algorithm>
#include <cmath>

namespace saddle::estimators {
namespace {

constexpr const char* kCost = "n log n";
constexpr const char* kUnseen = "fewer than two observations for each symbol seen";

template <class Formula>
struct OfCounts {
  static constexpr info::Quantity kQuantity = info::Quantity::entropy;
  static Card card() { return Formula::card(); }
  struct Options : Binning, Formula::Options {
    static void describe(Schema& s) {
      describe_bins<Options>(s);
      Formula::template describe<Options>(s);
    }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      const auto symbols = symbols_of(sample.x, options.bins);
      return Formula::of(info::symbol_counts(symbols), options, sample.x.columns);
    };
    estimator.in_range = [options](const info::Sample& sample) {
      return is_well_seen(symbols_of(sample.x, options.bins));
    };
    estimator.takes_ties = true;
    return estimator;
  }
};

// A function of the counts alone.
template <double (*Function)(const std::vector<double>&)>
struct Plain {
  struct Options {};
  template <class O>
  static void describe(Schema&) {}
  static double of(const std::vector<double>& counts, const Binning&, std::size_t) {
    return Function(counts);
  }
};

struct PlugIn : Plain<info::entropy> {
  static Card card() {
    return {"plug-in", "entropy of the frequencies", "symbols seen many times each", kCost,
            "too low by about (K - 1) / 2n for K symbols"};
  }
};

struct MillerMadow : Plain<info::miller_madow_entropy> {
  static Card card() {
    return {"miller-madow", "plug-in + (K - 1) / 2n", "the plug-in's first bias taken off", kCost,
            kUnseen};
  }
};

struct Jackknife : Plain<info::jackknife_entropy> {
  static Card card() {
    return {"jackknife", "the plug-in's bias from leaving out one observation at a time",
            "moderate samples; scatters more than miller-madow", kCost, kUnseen};
  }
};

struct ChaoShen : Plain<info::chao_shen_entropy> {
  static Card card() {
    return {"chao-shen", "symbols weighted by the chance that they are seen",
            "many rare symbols, as of species", kCost, "alphabets with no end of rare symbols"};
  }
};

struct Grassberger1988 : Plain<info::grassberger_1988_entropy> {
  static Card card() {
    return {"grassberger-1988", "digammas in place of logarithms of counts",
            "comparison with older work", kCost, kUnseen};
  }
};

struct Grassberger2003 : Plain<info::grassberger_2003_entropy> {
  static Card card() {
    return {"grassberger-2003", "digammas in place of logarithms, corrected further",
            "a good default for counts", kCost, kUnseen};
  }
};

struct Nsb {
  struct Options {
    std::size_t symbols = 0;
  };
  template <class O>
  static void describe(Schema& s) {
    s.field(static_cast<std::size_t O::*>(&O::symbols), "symbols",
            "in the alphabet, seen or not; 0 for all bins, or without bins for those seen")
        .range(0, 1e15);
  }
  static Card card() {
    return {"nsb", "posterior mean under a prior that is flat in the entropy",
            "few observations of a known alphabet", kCost + std::string(" + 1000 K"),
            "laws with very long tails"};
  }
  template <class O>
  static double of(const std::vector<double>& counts, const O& options, std::size_t columns) {
    constexpr double kMost = 1e15;
    const double cells = std::pow(static_cast<double>(options.bins), static_cast<double>(columns));
    std::size_t symbols = options.symbols;
    if (symbols == 0)
      symbols = options.bins > 0 ? static_cast<std::size_t>(std::min(cells, kMost)) : counts.size();
    return info::nsb_entropy(counts, symbols);
  }
};

const Registered<OfCounts<PlugIn>> kPlugIn;
const Registered<OfCounts<MillerMadow>> kMillerMadow;
const Registered<OfCounts<Jackknife>> kJackknife;
const Registered<OfCounts<ChaoShen>> kChaoShen;
const Registered<OfCounts<Grassberger1988>> kGrassberger1988;
const Registered<OfCounts<Grassberger2003>> kGrassberger2003;
const Registered<OfCounts<Nsb>> kNsb;

}  // namespace
}  // namespace saddle::estimators
