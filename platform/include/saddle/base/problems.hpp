#pragma once

#include <saddle/base/value.hpp>

#include <string>
#include <vector>

namespace saddle {

// "source:line:column: ", or "source: " of what stands in no file.
std::string place_text(const std::string& source, const Mark& mark);

// Collects every mistake of a spec, so that the user sees all of them at once.
class Problems {
 public:
  // `source` names the file in messages.
  explicit Problems(std::string source);

  void add(Mark where, const std::string& message);
  bool empty() const { return problems_.empty(); }
  // One line per problem, "source:line:column: message", in the order of the file.
  std::string report() const;
  // Throws SpecError with the report when there is any problem.
  void throw_if_any() const;

 private:
  struct Problem {
    Mark where;
    std::string message;
  };
  std::string source_;
  std::vector<Problem> problems_;
};

}  // namespace saddle
