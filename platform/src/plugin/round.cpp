#include <saddle/plugin/round.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/base/error.hpp>
#include <saddle/tensor/random.hpp>

#include "plugin/checks.hpp"
#include "plugin/guard.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace saddle {

namespace {

// Products of more rows than twice this are no faster, and what lies between them leaves the cache.
constexpr std::size_t kMostJoined = 128;

Outputs rows_of(const Outputs& outputs, std::size_t begin, std::size_t end) {
  Outputs part(slice(outputs.logits(), 0, begin, end));
  for (const auto& [name, value] : outputs.further()) part.set(name, slice(value, 0, begin, end));
  return part;
}

// What the discriminator returns for one batch: in its own objective, and in the generator's where
// that differs.
struct Judgement {
  std::optional<Outputs> own, for_generator;
  bool sampled = false;
};

}  // namespace

struct Round::State : Pooled {
  Setup setup;
  std::optional<Batch> real;
  std::optional<Latent> latent;
  std::optional<Samples> generated;
  std::optional<Variable> real_inputs, generated_inputs;
  Judgement of_real, of_generated;
  PoolString term;
  Objective objective = Objective::discriminator;
  PoolVector<PoolString> series;
  SeriesValues logged;
  std::size_t further_inputs = 0, further_calls = 0;
  bool looks_ahead = false;

  Who forward_of(std::string_view player) const { return {player, "forward", setup.step}; }
  RandomStream stream(std::string_view name) const {
    return setup.streams->child(name).at(setup.step, setup.update);
  }
  Context context(std::string_view name, bool own_update) const {
    Context made(Mode::train, setup.step, stream(name));
    if (own_update) looks_ahead ? made.enter_own_trial() : made.enter_own_update();
    return made;
  }
  // [batch m, sample...] -> [batch, input...]: each row of the packed tensor holds m samples along
  // its last axis.
  Variable pack(const Variable& samples) const {
    if (setup.packing == 1) return samples;
    const std::size_t tuples = samples.shape()[0] / setup.packing;
    Variables slots;
    for (std::size_t i = 0; i < setup.packing; ++i)
      slots.push_back(slice(samples, 0, i * tuples, (i + 1) * tuples));
    return concat(slots, samples.shape().size() - 1);
  }
  // `where` names the noise's stream: real and generated batches get independent noise.
  Variable seen(const Variable& samples, std::string_view where) const {
    Variable packed = pack(samples);
    if (setup.instance_noise > 0) {
      const Tensor noise =
          random_normal(stream(pool_text({"instance-noise/", where})), packed.shape());
      packed = packed + setup.instance_noise * Variable(noise);
    }
    // A leaf, so that penalties can differentiate with respect to it. Parameters that an update
    // rule put in place may depend on samples: penalties hold them fixed, and so need a node of
    // these inputs alone.
    if (!packed.tracked()) return Variable::leaf(packed.value());
    return looks_ahead ? alias(packed) : packed;
  }
  // A tuple of several samples has no label.
  Labels packed_labels(const Labels& labels) const {
    return setup.packing == 1 ? labels : Labels{};
  }
  bool one_pass(std::size_t rows) const {
    return setup.one_pass && rows <= kMostJoined && setup.trains_discriminator &&
           !setup.trains_generator && !looks_ahead && !setup.discriminator->mixes_samples();
  }
  Outputs run(const Batch& batch, Context& made) const {
    const Who who = forward_of(setup.discriminator_name);
    Outputs outputs = guarded(who, [&] { return setup.discriminator->forward(batch, made); });
    check_logits(who, outputs, batch.x.shape());
    return outputs;
  }
  void judge(const Batch& batch, std::string_view name, Judgement& judgement) const {
    if (!judgement.own) {
      Context made = context(pool_text({"discriminator/", name}), setup.trains_discriminator);
      judgement.own = run(batch, made);
      judgement.sampled = setup.trains_discriminator && made.asked_to_sample();
    }
    if (!differs(judgement) || judgement.for_generator) return;
    Context made = context(pool_text({"discriminator/", name}), false);
    judgement.for_generator = run(batch, made);
  }
  bool differs(const Judgement& judgement) const {
    return judgement.sampled && objective == Objective::generator;
  }
  const Outputs& outputs(const Judgement& judgement) const {
    return differs(judgement) ? *judgement.for_generator : *judgement.own;
  }
};

Round::Round(Setup setup) : state_(std::make_unique<State>()) { state_->setup = std::move(setup); }
Round::~Round() = default;

std::int64_t Round::step() const { return state_->setup.step; }
std::size_t Round::count() { return latent().count(); }

const Variable& Round::real() {
  if (!state_->real) state_->real = state_->setup.draw_real();
  return state_->real->x;
}

const Labels& Round::real_labels() {
  real();
  return state_->real->labels;
}

const Latent& Round::latent() {
  if (!state_->latent) state_->latent = state_->setup.draw_latent();
  return *state_->latent;
}

const Labels& Round::generated_labels() { return latent().labels(); }

const Variable& Round::generated() { return generator_outputs().x(); }

const Samples& Round::generator_outputs() {
  if (state_->generated) return *state_->generated;
  std::optional<NoHistory> pause;
  if (!state_->setup.trains_generator) pause.emplace();
  Context context = state_->context("generator", state_->setup.trains_generator);
  const Who who = state_->forward_of(state_->setup.generator_name);
  Samples made = guarded(who, [&] { return state_->setup.generator->forward(latent(), context); });
  check_samples(who, made.x(), latent().count(), state_->setup.shapes->sample);
  state_->generated = std::move(made);
  return *state_->generated;
}

Variable Round::inputs(const Variable& samples) {
  const auto same = [&](const Variable& known) { return &known.value() == &samples.value(); };
  if (state_->real && same(state_->real->x)) {
    if (!state_->real_inputs) state_->real_inputs = state_->seen(samples, "real");
    return *state_->real_inputs;
  }
  if (state_->generated && same(state_->generated->x())) {
    if (!state_->generated_inputs) state_->generated_inputs = state_->seen(samples, "generated");
    return *state_->generated_inputs;
  }
  return state_->seen(samples, pool_text({"further/", std::to_string(state_->further_inputs++)}));
}

void Round::judge_both() {
  const Variable real_inputs = inputs(real()), generated_inputs = inputs(generated());
  Labels labels = state_->packed_labels(real_labels());
  const Labels more = state_->packed_labels(generated_labels());
  if (labels.empty() || more.empty())
    labels.clear();
  else
    labels.insert(labels.end(), more.begin(), more.end());
  Context context = state_->context("discriminator/both", true);
  const Outputs both =
      state_->run({concat({real_inputs, generated_inputs}, 0), std::move(labels)}, context);
  const std::size_t half = real_inputs.shape()[0], whole = half + generated_inputs.shape()[0];
  state_->of_real.own = rows_of(both, 0, half);
  state_->of_generated.own = rows_of(both, half, whole);
  state_->of_real.sampled = state_->of_generated.sampled = context.asked_to_sample();
}

const Outputs& Round::real_outputs() {
  if (!state_->of_real.own && state_->one_pass(real().shape()[0])) judge_both();
  if (!state_->of_real.own || state_->differs(state_->of_real))
    state_->judge({inputs(real()), state_->packed_labels(real_labels())}, "real", state_->of_real);
  return state_->outputs(state_->of_real);
}

const Outputs& Round::generated_outputs() {
  if (!state_->of_generated.own && state_->one_pass(generated().shape()[0])) judge_both();
  if (!state_->of_generated.own || state_->differs(state_->of_generated))
    state_->judge({inputs(generated()), state_->packed_labels(generated_labels())}, "generated",
                  state_->of_generated);
  return state_->outputs(state_->of_generated);
}

Outputs Round::discriminate(const Variable& inputs, const Labels& labels) {
  const std::string call = std::to_string(state_->further_calls++);
  Context context = state_->context(pool_text({"discriminator/further/", call}), false);
  return state_->run({inputs, state_->packed_labels(labels)}, context);
}

RandomStream Round::random(std::string_view name) {
  return state_->stream(pool_text({"loss/", state_->term, "/", name}));
}

void Round::log(std::string_view series, double value) {
  const auto& declared = state_->series;
  if (std::find(declared.begin(), declared.end(), series) == declared.end())
    throw PluginError("loss '" + std::string(state_->term) + "' logs '" + std::string(series) +
                      "', which it does not declare in series()");
  state_->logged[pool_text({state_->term, "/", series})] = value;
}

void Round::enter_term(std::string_view term, const std::vector<std::string>& series,
                       Objective objective) {
  state_->term = term;
  state_->objective = objective;
  state_->series.assign(series.begin(), series.end());
}

const Outputs* Round::known_real_outputs() const {
  return state_->of_real.own ? &*state_->of_real.own : nullptr;
}

const Outputs* Round::known_generated_outputs() const {
  return state_->of_generated.own ? &*state_->of_generated.own : nullptr;
}

const SeriesValues& Round::logged() const { return state_->logged; }

bool Round::looks_ahead() const { return state_->looks_ahead; }

void Round::look_ahead() {
  state_->real_inputs.reset();
  state_->generated_inputs.reset();
  state_->of_real = state_->of_generated = {};
  state_->logged.clear();
  state_->further_inputs = state_->further_calls = 0;
  state_->looks_ahead = true;
}

}  // namespace saddle
