#include <saddle/base/field_types.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace saddle {
namespace {

template <class T>
bool parse(const std::string& text, T& out) {
  const char* first = text.data();
  const char* last = first + text.size();
  if (first != last && *first == '+') ++first;
  const auto [end, error] = std::from_chars(first, last, out);
  return error == std::errc() && end == last && first != last;
}

std::string bounds(const Site& site, const std::string& what) {
  if (!site.limits->range) return what;
  const auto [low, high] = *site.limits->range;
  if (std::isinf(high) && std::isinf(low)) return what;
  if (std::isinf(high)) return what + " of at least " + number_text(low);
  if (std::isinf(low)) return what + " of at most " + number_text(high);
  return what + " from " + number_text(low) + " to " + number_text(high);
}

// In quotes, it may look like what was expected.
void expected(const Value& value, const Site& site, const std::string& what) {
  site.problems->add(value.mark, site.where + ": expected " + what + ", found " +
                                     (value.quoted ? "the text " : "") + describe(value) + ".");
}

bool in_range(double number, const Site& site) {
  const auto& range = site.limits->range;
  return !range || (number >= range->first && number <= range->second);
}

template <class T>
void read_number(const Value& value, T& out, const Site& site, const std::string& what) {
  T number{};
  if (value.kind == Value::Kind::scalar && !value.quoted && parse(value.text, number) &&
      in_range(static_cast<double>(number), site))
    out = number;
  else
    expected(value, site, bounds(site, what));
}

}  // namespace

void read_scalar(const Value& value, bool& out, const Site& site) {
  const bool plain = value.kind == Value::Kind::scalar && !value.quoted;
  if (plain && (value.text == "true" || value.text == "false"))
    out = value.text == "true";
  else
    expected(value, site, "true or false");
}

void read_scalar(const Value& value, double& out, const Site& site) {
  // from_chars takes "inf" and "nan"; options are finite numbers.
  double number = 0;
  if (value.kind == Value::Kind::scalar && !value.quoted && parse(value.text, number) &&
      !std::isfinite(number))
    return expected(value, site, bounds(site, "a finite number"));
  read_number(value, out, site, "a number");
}

void read_scalar(const Value& value, std::int64_t& out, const Site& site) {
  read_number(value, out, site, "an integer");
}

void read_scalar(const Value& value, std::uint64_t& out, const Site& site) {
  read_number(value, out, site, "an integer");
}

void read_scalar(const Value& value, std::string& out, const Site& site) {
  const auto& choices = site.limits->choices;
  if (value.kind != Value::Kind::scalar) {
    expected(value, site, choices.empty() ? "text" : "one of " + join(choices, ", "));
  } else if (!choices.empty() &&
             std::find(choices.begin(), choices.end(), value.text) == choices.end()) {
    site.problems->add(value.mark, site.where + ": expected one of " + join(choices, ", ") +
                                       ", found " + describe(value) + "." +
                                       suggestion(value.text, choices));
  } else {
    out = value.text;
  }
}

void out_of_type(const Value& value, const Site& site) {
  expected(value, site, "a number that its type can hold");
}
void expected_list(const Value& value, const Site& site) { expected(value, site, "a list"); }

Value write_scalar(bool value) { return Value::scalar(value ? "true" : "false"); }
Value write_scalar(double value) { return Value::scalar(number_text(value)); }
Value write_scalar(std::int64_t value) { return Value::scalar(std::to_string(value)); }
Value write_scalar(std::uint64_t value) { return Value::scalar(std::to_string(value)); }
Value write_scalar(const std::string& value) { return Value::quoted_text(value); }

}  // namespace saddle
