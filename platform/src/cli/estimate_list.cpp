#include "cli/estimate_list.hpp"

#include "cli/estimate_output.hpp"
#include "cli/json_text.hpp"
#include "cli/option_list.hpp"
#include "experiment/estimators/choice.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <vector>

namespace saddle::cli {
namespace {

using estimators::Listed;
using nlohmann::ordered_json;

std::vector<const Listed*> listed_of(const std::string& quantity) {
  std::vector<const Listed*> found;
  for (const Listed& listed : estimators::all())
    if (quantity.empty() || estimators::name_of(listed.quantity) == quantity)
      found.push_back(&listed);
  return found;
}

void print_options(const Schema& schema) {
  for (const Option& option : list_options(schema))
    std::cout << "  " << option.path << "=" << option.default_text << "  " << option.field.doc()
              << "\n";
}

// Its own and those that all of its quantity take, some of which have a default of this estimator.
ordered_json json_of_options(const Listed& listed) {
  const Value defaults =
      estimators::choose(listed.quantity, {listed.card.name}, {}).front().settings();
  std::vector<Schema> schemas = {listed.schema, Schema::of<info::Resampling>()};
  if (listed.quantity == info::Quantity::mi) schemas.push_back(Schema::of<info::Baseline>());
  ordered_json options = ordered_json::array();
  for (const Schema& schema : schemas)
    for (const Field& field : schema.fields()) {
      const Value* value = defaults.find(field.name());
      options.push_back({{"name", field.name()},
                         {"default", value ? json_options(*value) : ordered_json(nullptr)},
                         {"doc", field.doc()}});
    }
  return options;
}

}  // namespace

void print_estimators(const std::string& quantity) {
  for (const Listed* listed : listed_of(quantity)) {
    const estimators::Card& card = listed->card;
    std::cout << estimators::name_of(listed->quantity) << " " << card.name << ": " << card.doc
              << "\n  for     " << card.use << "\n  cost    " << card.cost << "\n  limits  "
              << card.limits << "\n  error   " << card.error << "\n";
    print_options(listed->schema);
  }
  std::cout << "\nAll of them take, each with its own error by default:\n";
  print_options(Schema::of<info::Resampling>());
  std::cout << "\nThose of mi also take:\n";
  print_options(Schema::of<info::Baseline>());
}

void print_estimators_json(const std::string& quantity) {
  ordered_json all = ordered_json::array();
  for (const Listed* listed : listed_of(quantity)) {
    const estimators::Card& card = listed->card;
    all.push_back({{"quantity", estimators::name_of(listed->quantity)},
                   {"name", card.name},
                   {"doc", card.doc},
                   {"for", card.use},
                   {"cost", card.cost},
                   {"limits", card.limits},
                   {"options", json_of_options(*listed)}});
  }
  std::cout << json_text({{"estimators", all}}) << "\n";
}

}  // namespace saddle::cli
