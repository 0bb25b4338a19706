#include <saddle/base/problems.hpp>

#include <saddle/base/error.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace saddle {

std::string place_text(const std::string& source, const Mark& mark) {
  std::string text = (mark.source ? *mark.source : source) + ":";
  if (mark.line > 0) text += std::to_string(mark.line) + ":" + std::to_string(mark.column) + ":";
  return text + " ";
}

Problems::Problems(std::string source) : source_(std::move(source)) {}

void Problems::add(Mark where, const std::string& message) {
  problems_.push_back({where, message});
}

std::string Problems::report() const {
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    const auto place = [](const Problem& problem) {
      const Mark& mark = problem.where;
      return std::make_tuple(mark.source ? *mark.source : "", mark.line, mark.column);
    };
    return place(a) < place(b);
  });
  std::string text;
  for (const Problem& problem : sorted) {
    if (!text.empty()) text += "\n";
    text += place_text(source_, problem.where) + problem.message;
  }
  return text;
}

void Problems::throw_if_any() const {
  if (!problems_.empty()) throw SpecError(report());
}

}  // namespace saddle
