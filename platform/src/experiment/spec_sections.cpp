#include "experiment/spec_sections.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace saddle {
namespace {

// A name of files, groups and streams.
bool is_safe(const std::string& name) {
  return !name.empty() && name.size() <= 200 && name[0] != '.' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) || c == '-' || c == '_' || c == '.';
         });
}

std::string unsafe(const std::string& name) {
  return "expected a name of at most 200 letters, digits, '-', '_' and '.' that begins with no "
         "'.', "
         "found '" +
         name + "'.";
}

// Where the key stands in a mapping that may be missing; `otherwise` where it does not.
Mark key_mark_of(const Value* mapping, const std::string& key, const Mark& otherwise) {
  for (std::size_t i = 0; mapping && i < mapping->entries.size(); ++i)
    if (mapping->entries[i].key == key) return mapping->entries[i].key_mark;
  return otherwise;
}

void check_sign(const Schedule& schedule, const std::string& where, Mark mark, Problems& problems) {
  for (const auto& ramp : {schedule.linear, schedule.exponential, schedule.cosine})
    if (ramp && (ramp->from < 0 || ramp->to < 0))
      problems.add(mark, where + ": expected numbers that are not negative.");
  if (schedule.constant && *schedule.constant < 0)
    problems.add(mark, where + ": expected a number that is not negative, found " +
                           number_text(*schedule.constant) + ".");
}

void check_schedule(const Schedule& schedule, const std::string& where, Mark mark,
                    Problems& problems) {
  for (const auto& ramp : {schedule.linear, schedule.exponential, schedule.cosine})
    if (ramp && ramp->end && *ramp->end <= ramp->start)
      problems.add(mark, where + ": the schedule's end must lie after its start.");
  const auto& ramp = schedule.exponential;
  const bool of_one_sign =
      !ramp || (ramp->from > 0 && ramp->to > 0) || (ramp->from < 0 && ramp->to < 0);
  if (!of_one_sign)
    problems.add(mark, where + ": both ends of an exponential schedule must be above 0, or below.");
}

void check_update(const TrainSpec& train, const Value& root, Problems& problems) {
  const Mark mark = mark_at(root, {"train", "update"});
  const std::string where = "train.update: " + train.update.name();
  if (!train.update.alternating && (train.discriminator_steps != 1 || train.generator_steps != 1))
    problems.add(mark, where + " needs discriminator_steps: 1 and generator_steps: 1.");
  if (train.update.unrolled && train.freezes("discriminator"))
    problems.add(mark, where +
                           " looks ahead at steps of the discriminator, which is frozen. Free "
                           "it, or take another rule.");
  if (train.clip && train.clip->norm && train.clip->value)
    problems.add(mark_at(root, {"train", "clip"}),
                 "train.clip: expected at most one of norm, value.");
}

void check_latent(const std::string& name, const LatentChoice& choice, const Mark& mark,
                  Problems& problems) {
  // Of the points of a codebook or mixture.
  constexpr std::uint64_t kMostNumbers = std::uint64_t{1} << 26;
  if (!is_safe(name)) problems.add(mark, "latent: " + unsafe(name));
  if (choice.uniform && !(choice.uniform->low < choice.uniform->high))
    problems.add(mark, "latent." + name + ".uniform: expected low below high, found low: " +
                           number_text(choice.uniform->low) +
                           " and high: " + number_text(choice.uniform->high) + ".");
  const std::uint64_t points = choice.points(), size = choice.size(0);
  if (points > 0 && size > kMostNumbers / points)
    problems.add(mark, "latent." + name + ": " + std::to_string(points) + " points of " +
                           std::to_string(size) + " numbers are more than " +
                           std::to_string(kMostNumbers) + " numbers. Take fewer.");
}

// A sample is asked for one class, and the discriminator has one label for what it sees.
void check_labels(const SpecSections& sections, const Value& root, Problems& problems) {
  std::vector<std::string> names;
  for (const auto& [name, choice] : sections.latent)
    if (choice.label) names.push_back(name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Mark mark = mark_at(root, {"latent", names[i]});
    if (i > 0)
      problems.add(mark, "latent." + names[i] + ": a sample has one label, and '" + names[0] +
                             "' is it. Take another law for one of them.");
    if (sections.train.packing > 1)
      problems.add(mark, "latent." + names[i] +
                             ": label needs train.packing: 1, since a tuple of "
                             "several samples has no label.");
  }
}

void check_train(const TrainSpec& train, const Value& root, Problems& problems) {
  if (!train.steps && !train.epochs)
    problems.add(mark_at(root, {"train"}), "train needs 'steps' or 'epochs'.");
  check_update(train, root, problems);
  if (train.stop_when && train.stop_when->below.has_value() == train.stop_when->above.has_value())
    problems.add(mark_at(root, {"train", "stop_when"}),
                 "train.stop_when: expected exactly one of below, above.");
  const Mark noise = mark_at(root, {"train", "instance_noise"});
  check_sign(train.instance_noise, "train.instance_noise", noise, problems);
  check_schedule(train.instance_noise, "train.instance_noise", noise, problems);
}

}  // namespace

void SpecSections::describe(Schema& s) {
  s.field(&SpecSections::extends, "extends",
          "another spec that this one changes: a path relative to this file");
  s.field(&SpecSections::name, "name", "of the experiment; the file's name by default");
  s.field(&SpecSections::seed, "seed",
          "of every random stream; up to 2^53, which all readers of a log hold exactly")
      .range(0, 9007199254740992.0);
  s.field(&SpecSections::dataset, "dataset", "a dataset plugin and its options").required();
  s.field(&SpecSections::latent, "latent", "the named parts of the latent").required();
  s.field(&SpecSections::generator, "generator", "a generator plugin and its options").required();
  s.field(&SpecSections::discriminator, "discriminator", "a discriminator plugin and its options")
      .required();
  s.field(&SpecSections::losses, "losses", "a list of loss plugins, the terms of the objectives")
      .required();
  s.field(&SpecSections::train, "train", "how long and how").required();
  s.field(&SpecSections::metrics, "metrics", "a list of metric plugins");
  s.field(&SpecSections::log, "log", "what is recorded how often");
  s.field(&SpecSections::threads, "threads", "threads that share the work; no result depends on it")
      .range(1, 1024);
}

void check_sections(const SpecSections& sections, const Value& root, Problems& problems) {
  if (!is_safe(sections.name))
    problems.add(mark_at(root, {"name"}), "name: " + unsafe(sections.name));
  if (root.find("latent") && sections.latent.empty())
    problems.add(mark_at(root, {"latent"}), "latent: expected at least one part.");
  for (const auto& [name, choice] : sections.latent)
    check_latent(name, choice, mark_at(root, {"latent", name}), problems);
  check_labels(sections, root, problems);
  if (root.find("train")) check_train(sections.train, root, problems);
}

void check_names(const std::string& what, const std::vector<std::string>& names, const Value& list,
                 Problems& problems) {
  const std::vector<std::string> reserved = {"step", "discriminator", "generator"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Mark mark = list.items[i].mark;
    if (names[i].empty()) continue;
    if (std::find(reserved.begin(), reserved.end(), names[i]) != reserved.end())
      problems.add(mark, what + ": the name '" + names[i] + "' is reserved; give another 'name'.");
    if (!is_safe(names[i])) problems.add(mark, what + ": " + unsafe(names[i]));
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      problems.add(mark, what + ": the name '" + names[i] +
                             "' stands twice; give one of them another 'name'.");
  }
}

void check_weights(const std::vector<Schedule>& weights, const Value& list, Problems& problems) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Value* const given = list.items[i].find("weight");
    check_schedule(weights[i], "losses: weight", given ? given->mark : list.items[i].mark,
                   problems);
  }
}

void check_optimizers(const TrainSpec& train, const std::vector<std::string>& terms,
                      const Value& root, Problems& problems) {
  std::vector<std::string> known = {"discriminator", "generator"};
  known.insert(known.end(), terms.begin(), terms.end());
  const Value* const section = root.find("train") ? root.find("train")->find("optimizer") : nullptr;
  for (const auto& [name, choice] : train.optimizer) {
    const Mark mark = key_mark_of(section, name, mark_at(root, {"train"}));
    // A library that cannot be opened may hold a term of any name.
    const bool all_known = std::find(known.begin(), known.end(), "") == known.end();
    if (all_known && std::find(known.begin(), known.end(), name) == known.end())
      problems.add(mark, "train.optimizer: there is no player or loss term '" + name + "'." +
                             suggestion(name, known) + " There are: " + join(known, ", ") + ".");
    const std::string where = "train.optimizer." + name + ": lr";
    check_sign(choice.rate(), where, mark, problems);
    check_schedule(choice.rate(), where, mark, problems);
  }
}

}  // namespace saddle
