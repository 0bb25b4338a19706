#include <saddle/saddle.hpp>

#include <utility>

namespace {
using namespace saddle;

// Relativistic losses (Jolicoeur-Martineau 2019): logits r of real and f of generated samples are
// compared with each other. With a the link and b its mirror image, each a cost of its argument:
//   link            logistic          hinge             least-squares
//   a(t), b(t)      softplus(-+t)     max(0, 1 -+ t)    (t -+ 1)^2
//
//   paired          discriminator   E a(r - f)                      generator   E b(r - f)
//   average         discriminator   E a(r - E f) + E b(f - E r)     generator   E b(r - E f) + E
//   a(f - E r)
//
// Paired is RpGAN, R3GAN's loss with the logistic link; average is RaGAN, without the factor 1/2
// of some codes. b(t) = a(-t), so that the generator's objective swaps the players' roles.
class Relativistic final : public Loss {
 public:
  struct Options {
    std::string form = "average", link = "logistic";
    static void describe(Schema& s) {
      s.field(
           &Options::form, "form",
           "what a logit is compared with: the mean of the other kind (RaGAN), or one sample of it "
           "(RpGAN)")
          .choices({"average", "paired"});
      s.field(&Options::link, "link", "what a difference of logits costs")
          .choices({"logistic", "hinge", "least-squares"});
    }
  };
  Relativistic(const Options& options, const Shapes&) : options_(options) {}

  Objectives objectives() const override { return {true, true, false}; }

  Variable discriminator(Round& round) override {
    return cost(round.real_outputs().logits(), round.generated_outputs().logits());
  }
  Variable generator(Round& round) override {
    return cost(round.generated_outputs().logits(), round.real_outputs().logits());
  }

 private:
  // Where `upper` is to exceed `lower`: [n, 1], [n, 1] -> []
  Variable cost(const Variable& upper, const Variable& lower) const {
    if (options_.form == "paired") return link(upper - lower);
    return link(upper - mean(lower)) + link(mean(upper) - lower);
  }
  // Least where t is large, or where it is 1: [n, 1] -> []
  Variable link(const Variable& t) const {
    if (options_.link == "logistic") return mean(softplus(-t));
    if (options_.link == "hinge") return mean(relu(1.0 - t));
    return mean(square(t - 1.0));
  }

  Options options_;
};

}  // namespace

SADDLE_PLUGIN(loss, Relativistic, "relativistic",
              "logits of real and generated samples against each other (RaGAN, RpGAN)");
