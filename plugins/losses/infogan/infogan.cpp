#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {
using namespace saddle;

// InfoGAN (Chen et al. 2016, equation 5) for codes c, parts of the latent: with Q the term's own
// network,
//   L_I = H(c) + E ln Q(c | G(z, c))  <=  I(c; G(z, c))
// and each objective is -L_I: the generator's, the own one, which trains Q, and, where Q reads the
// discriminator's features, the discriminator's. Each code is a categorical variable or a factored
// Gaussian of its own; ln Q(c | x) is their sum.
class InfoGan final : public Loss {
 public:
  struct Options {
    std::vector<std::string> codes;
    std::string on = "features";
    bool fix_std = true;
    nn::MlpOptions network{{128}};
    Options() { network.activation = "leaky-relu"; }
    static void describe(Schema& s);
  };
  InfoGan(const Options& options, const Shapes& shapes);

  Objectives objectives() const override { return {on_features(), true, true}; }
  std::vector<std::string> needs() const override {
    return on_features() ? std::vector<std::string>{"features"} : std::vector<std::string>{};
  }
  std::vector<SeriesInfo> series() const override;
  Variable discriminator(Round& round) override { return -bound(round); }
  Variable generator(Round& round) override { return -bound(round); }
  Variable own(Round& round) override { return -bound(round); }

 private:
  struct Code {
    LatentPart part;
    std::size_t outputs;  // of Q
    bool is_categorical() const { return part.law == "categorical"; }
  };
  bool on_features() const { return options_.on == "features"; }
  void add_code(const LatentPart& part);
  double ceiling_of(const LatentPart& part) const;
  Variable bound(Round& round);
  Variable network_input(Round& round) const;
  Variable log_likelihood(const Code& code, const Variable& c, const Variable& q) const;

  Options options_;
  std::vector<Code> codes_;
  double entropy_ = 0;  // H(c), nats
  double ceiling_ = 0;  // the most that the bound can be; NaN where there is none
  nn::Mlp* q_ = nullptr;
};

constexpr double kLogTwoPi = 1.83787706640934548356;

void InfoGan::Options::describe(Schema& s) {
  s.field(&Options::codes, "codes", "the parts of the latent whose information is maximised")
      .required();
  s.field(&Options::on, "on", "what Q reads: the discriminator's features, or the samples")
      .choices({"features", "samples"});
  s.field(&Options::fix_std, "fix_std",
          "whether Q's Gaussians have standard deviation 1; otherwise Q gives it");
  s.field(&Options::network, "network", "the posterior Q(c | x)");
}

InfoGan::InfoGan(const Options& options, const Shapes& shapes) : options_(options) {
  if (options.codes.empty()) throw SpecError("codes: expected at least one, found none.");
  if (on_features() && shapes.input != shapes.sample)
    throw SpecError(
        "on: features of packed samples belong to no single code. Take 'samples', or packing 1.");
  std::size_t outputs = 0;
  for (const LatentPart& part : latent_parts(shapes, options.codes, "codes")) {
    add_code(part);
    outputs += codes_.back().outputs;
  }
  // Without features the term is refused once it has said what it needs.
  const auto features = shapes.outputs.find("features");
  const bool known = on_features() && features != shapes.outputs.end();
  q_ =
      &add<nn::Mlp>("q", known ? features->second : shapes.sample, Shape{outputs}, options.network);
}

void InfoGan::add_code(const LatentPart& part) {
  const std::vector<std::string> known = {"categorical", "uniform", "normal", "truncated"};
  if (std::find(known.begin(), known.end(), part.law) == known.end() || !part.entropy)
    throw SpecError("codes: the part '" + part.name + "' is drawn by '" + part.law +
                    "'. Take one of the laws categorical, uniform, normal, truncated.");
  entropy_ += *part.entropy;
  ceiling_ += ceiling_of(part);
  const bool one_number = part.law == "categorical" || options_.fix_std;
  codes_.push_back({part, one_number ? part.size : 2 * part.size});
}

// A density of Q may be above 1: of deviation 1 it is at most (2 pi)^(-1/2) for each number, and of
// any deviation it has no bound.
double InfoGan::ceiling_of(const LatentPart& part) const {
  if (part.law == "categorical") return *part.entropy;
  if (!options_.fix_std) return std::numeric_limits<double>::quiet_NaN();
  return *part.entropy - 0.5 * kLogTwoPi * static_cast<double>(part.size);
}

std::vector<SeriesInfo> InfoGan::series() const {
  std::string codes;
  for (const Code& code : codes_)
    codes += (codes.empty() ? "" : ", ") + code.part.name + " (" + code.part.law + ")";
  return {{"bound",
           "nats",
           {{"definition", "H(c) + E ln Q(c | x), at most I(c; x)"}, {"codes", codes}}},
          {"ceiling",
           "nats",
           {{"definition",
             "the most that the bound can be: H(c), less ln(2 pi) / 2 for each number of "
             "a continuous code; NaN where Q gives deviations, and there is none"},
            {"codes", codes}}}};
}

Variable InfoGan::network_input(Round& round) const {
  return flatten(on_features() ? round.generated_outputs().get("features") : round.generated());
}

// ln Q(c | x) of one code with law parameters q: c [n, size], q [n, outputs] -> [n]
Variable InfoGan::log_likelihood(const Code& code, const Variable& c, const Variable& q) const {
  const std::size_t n = c.shape()[0], size = code.part.size;
  if (code.is_categorical()) return sum_rows(c * (q - reshape(logsumexp(q, 1), {n, 1})));
  const Variable squares = square(c - slice(q, 1, 0, size));
  if (options_.fix_std) return -0.5 * sum_rows(squares + kLogTwoPi);
  const Variable log_variance = slice(q, 1, size, 2 * size);
  return -0.5 * sum_rows(squares * exp(-log_variance) + log_variance + kLogTwoPi);
}

Variable InfoGan::bound(Round& round) {
  Context context(Mode::train, round.step(), round.random("q"));
  const Variable q = (*q_)(network_input(round), context);
  Variable total = Variable::constant(entropy_);
  std::size_t begin = 0;
  for (const Code& code : codes_) {
    const Variable parameters = slice(q, 1, begin, begin + code.outputs);
    total = total + mean(log_likelihood(code, round.latent().part(code.part.name), parameters));
    begin += code.outputs;
  }
  round.log("bound", total.item());
  round.log("ceiling", ceiling_);
  return total;
}

}  // namespace

SADDLE_PLUGIN(loss, InfoGan, "infogan", "information between latent codes and samples (InfoGAN)");
