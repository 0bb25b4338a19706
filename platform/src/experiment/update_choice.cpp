#include "experiment/update_choice.hpp"

namespace saddle {

void UpdateChoice::Consensus::describe(Schema& s) {
  s.field(&Consensus::gamma, "gamma", "weight of half the squared norm of both gradients together")
      .range(0, 1e6);
}

void UpdateChoice::Unrolled::describe(Schema& s) {
  s.field(&Unrolled::steps, "steps", "steps of the discriminator that the generator looks ahead")
      .range(1, 100);
}

void UpdateChoice::describe(Schema& s) {
  s.one_of();
  s.field(&UpdateChoice::alternating, "alternating",
          "the discriminator's updates, then the generator's");
  s.field(&UpdateChoice::simultaneous, "simultaneous",
          "both players from the same parameters, on the same samples");
  s.field(&UpdateChoice::extragradient, "extragradient",
          "both players from where they are, along the gradients one step of their optimizers "
          "ahead, each on a batch of its own (Gidel et al. 2019; with adam, ExtraAdam)");
  s.field(&UpdateChoice::optimistic, "optimistic",
          "both players by twice their optimizers' change less the one before (Daskalakis et al. "
          "2018)");
  s.field(&UpdateChoice::consensus, "consensus",
          "simultaneous, with the gradients' norm as a penalty for both (Mescheder et al. 2017)");
  s.field(&UpdateChoice::unrolled, "unrolled",
          "simultaneous, with a generator that sees the discriminator some steps ahead and "
          "differentiates through them (Metz et al. 2017)");
}

UpdateChoice UpdateChoice::standard() {
  UpdateChoice choice;
  choice.alternating.emplace();
  return choice;
}

std::string UpdateChoice::name() const {
  if (simultaneous) return "simultaneous";
  if (extragradient) return "extragradient";
  if (optimistic) return "optimistic";
  if (consensus) return "consensus";
  return unrolled ? "unrolled" : "alternating";
}

}  // namespace saddle
