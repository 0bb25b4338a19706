#include "experiment/latent_edit.hpp"

#include <saddle/base/error.hpp>
#include <saddle/io/csv.hpp>
#include <saddle/nn/embedding.hpp>

#include "base/text.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace saddle {
namespace {

bool is_one_of_several(const LatentPart& part) {
  return part.law == "categorical" || part.law == "label" || part.law == "codebook";
}

// What a part may be: [choices, size].
Tensor choices_of(const LatentPart& part, const LatentSource& source) {
  if (part.law == "codebook") return source.points(part.name);
  Labels all(part.size);
  std::iota(all.begin(), all.end(), 0);
  return nn::one_hot(all, part.size);
}

std::optional<double> finite_number(const Value& value) {
  if (value.kind != Value::Kind::scalar) return std::nullopt;
  const std::optional<double> number = csv_number(value.text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

// One number for each coordinate; none where the value is something else.
std::vector<double> coordinates(const Value& value, std::size_t size) {
  if (const std::optional<double> number = finite_number(value))
    return std::vector<double>(size, *number);
  std::vector<double> found;
  for (const Value& item : value.items)
    if (const std::optional<double> number = finite_number(item)) found.push_back(*number);
  return found.size() == value.items.size() && found.size() == size ? found : std::vector<double>{};
}

std::optional<std::size_t> choice(const Value& value, std::size_t choices) {
  const std::optional<double> number = finite_number(value);
  if (!number || *number < 0 || *number >= static_cast<double>(choices) ||
      *number != std::floor(*number))
    return std::nullopt;
  return static_cast<std::size_t>(*number);
}

[[noreturn]] void refuse(const std::string& setting, const std::string& what) {
  throw SpecError("--latent " + setting + ": " + what);
}

const LatentPart& part_named(const std::string& name, const std::vector<LatentPart>& parts,
                             const std::string& setting) {
  std::vector<std::string> names;
  for (const LatentPart& part : parts) {
    if (part.name == name) return part;
    names.push_back(part.name);
  }
  refuse(setting, "the latent of this run has no part '" + name + "'." + suggestion(name, names) +
                      " Its parts are: " + join(names, ", ") + ".");
}

// A path between two rows of `size` numbers.
class Path {
 public:
  // Straight, or on a great circle.
  Path(const Scalar* a, const Scalar* b, std::size_t size, bool on_circle) {
    if (!on_circle) return;
    length_a_ = std::sqrt(std::inner_product(a, a + size, a, 0.0));
    length_b_ = std::sqrt(std::inner_product(b, b + size, b, 0.0));
    if (!(length_a_ > 0 && length_b_ > 0)) return;
    const double cosine = std::inner_product(a, a + size, b, 0.0) / (length_a_ * length_b_);
    angle_ = std::acos(std::clamp(cosine, -1.0, 1.0));
  }

  // What the two rows weigh at a place t in [0, 1] between them.
  std::pair<double, double> weights(double t) const {
    const double sine = std::sin(angle_);
    // Through two points on one line with the origin there is no great circle.
    if (sine < 1e-6) return {1 - t, t};
    const double length = (1 - t) * length_a_ + t * length_b_;
    return {length / length_a_ * std::sin((1 - t) * angle_) / sine,
            length / length_b_ * std::sin(t * angle_) / sine};
  }

 private:
  double length_a_ = 0, length_b_ = 0, angle_ = 0;
};

}  // namespace

LatentEdit::Held LatentEdit::held(const std::string& setting, const LatentPart& part,
                                  const std::string& text, const LatentSource& source) {
  const Value value = text.empty() ? Value{} : parse_yaml(text, "--latent " + setting);
  const std::string who = "part '" + part.name + "' (" + part.law + ") ";
  if (is_one_of_several(part)) {
    Tensor points = choices_of(part, source);
    const bool is_label = part.law == "label";
    if (value.text == "each") return {std::move(points), true, 0, is_label};
    const std::size_t choices = points.shape(0);
    const std::optional<std::size_t> chosen = choice(value, choices);
    if (!chosen)
      refuse(setting, who + "is one of " + std::to_string(choices) +
                          "; expected a whole number from 0 to " + std::to_string(choices - 1) +
                          ", or each.");
    return {rows(points, *chosen, *chosen + 1), false, *chosen, is_label};
  }
  const std::vector<double> numbers = coordinates(value, part.size);
  if (numbers.empty())
    refuse(setting, who + "holds " + std::to_string(part.size) +
                        " numbers; expected one for all of them, or a list of " +
                        std::to_string(part.size) + ".");
  return {tensor({1, part.size}, numbers), false, 0, false};
}

LatentEdit::LatentEdit(const std::vector<std::string>& settings, const LatentSource& source) {
  const std::vector<LatentPart> parts = source.parts();
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      refuse(setting, "expected PART=VALUE, as in c=3 or z=[0.5, -1].");
    const LatentPart& part = part_named(setting.substr(0, equals), parts, setting);
    if (!held_.emplace(part.name, held(setting, part, setting.substr(equals + 1), source)).second)
      refuse(setting, "part '" + part.name + "' was given before. Give it once.");
  }
}

Latent LatentEdit::apply(const Latent& latent, std::size_t first_row) const {
  if (held_.empty()) return latent;
  Latent::Parts parts;
  Labels labels = latent.labels();
  for (const auto& [name, drawn] : latent.parts()) {
    const auto found = held_.find(std::string(name));
    if (found == held_.end()) {
      parts.emplace_back(name, drawn);
      continue;
    }
    const Held& held = found->second;
    const std::size_t size = held.points.shape(1), choices = held.points.shape(0);
    Tensor out = empty({latent.count(), size});
    for (std::size_t row = 0; row < latent.count(); ++row) {
      const std::size_t chosen = held.in_turns ? (first_row + row) % choices : 0;
      std::copy_n(held.points.data() + chosen * size, size, out.data() + row * size);
      if (held.is_label) labels[row] = static_cast<std::int32_t>(held.first + chosen);
    }
    parts.emplace_back(name, Variable(std::move(out)));
  }
  return Latent(std::move(parts), std::move(labels));
}

Latent path_between(const Latent& ends, const std::vector<LatentPart>& parts, std::size_t steps,
                    std::size_t first_row, std::size_t count) {
  Latent::Parts path;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t size = parts[i].size;
    const Scalar* const a = ends.parts()[i].second.value().data();
    const Scalar* const b = a + size;
    const Path between(a, b, size, parts[i].law == "normal");
    Tensor out = empty({count, size});
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t place = std::min(first_row + row, steps - 1);
      const bool stays = is_one_of_several(parts[i]) || steps == 1;
      const double t = stays ? 0 : static_cast<double>(place) / static_cast<double>(steps - 1);
      const auto [from, to] = between.weights(t);
      for (std::size_t j = 0; j < size; ++j)
        out(row, j) = static_cast<Scalar>(from * a[j] + to * b[j]);
    }
    path.emplace_back(ends.parts()[i].first, Variable(std::move(out)));
  }
  const Labels labels = ends.labels().empty() ? Labels{} : Labels(count, ends.labels().front());
  return Latent(std::move(path), labels);
}

}  // namespace saddle
