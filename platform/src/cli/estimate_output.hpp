#pragma once

#include "experiment/estimators/choice.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace saddle::cli {

// One estimate, with the seconds that it, its error and its baseline took.
struct EstimateRow {
  const estimators::Choice* choice;
  estimators::Assessed found;
  double seconds;
};

// As a table; `unit` is "nats" or "bits".
void print_table(const std::vector<EstimateRow>& rows, const std::string& unit);

// {"estimates": [...]}.
void print_json(const std::vector<EstimateRow>& rows, const std::string& unit);

// The options of an estimator or a metric; lists and mappings in them too.
nlohmann::ordered_json json_options(const Value& value);

}  // namespace saddle::cli
