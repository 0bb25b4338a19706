#include "experiment/sweep_plan.hpp"

#include <saddle/base/error.hpp>

#include "experiment/spec_leaves.hpp"
#include "experiment/sweep_table.hpp"
#include "experiment/yaml.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace saddle;

using Texts = std::vector<std::string>;

TEST_CASE("An axis is a key and a list of values, each in one line") {
  const SweepAxis axis = read_axis("a.b=[1, 0.5, {plugin: mlp, hidden: [8, 8]}, null, \"1\"]");
  CHECK(axis.key == "a.b");
  CHECK(axis.values == Texts{"1", "0.5", "{plugin: mlp, hidden: [8, 8]}", "null", "\"1\""});
}

TEST_CASE("A sweep is every combination, its last axis fastest") {
  const std::vector<SweepRun> runs = plan_sweep({{"x", {"a", "b"}}, {"seed", {"1", "2", "3"}}});
  REQUIRE(runs.size() == 6);
  CHECK(runs[0].values == Texts{"a", "1"});
  CHECK(runs[1].values == Texts{"a", "2"});
  CHECK(runs[3].values == Texts{"b", "1"});
  CHECK(runs[5].folder == "x=b,seed=3");
  CHECK(runs[5].overrides == Texts{"x=b", "seed=3"});
  CHECK(plan_sweep({}).size() == 1);
}

TEST_CASE("Folders of values that are no names are told apart by a digest") {
  const std::vector<SweepRun> runs =
      plan_sweep({{"x", {"[1, 2]", "[1/2]", std::string(300, 'y')}}});
  CHECK(runs[0].folder.rfind("x=_1,_2_-", 0) == 0);
  CHECK(runs[1].folder.rfind("x=_1_2_-", 0) == 0);
  CHECK(runs[2].folder.size() == 189);
  // Whatever other values there are.
  CHECK(plan_sweep({{"x", {"[1/2]"}}})[0].folder == runs[1].folder);
}

TEST_CASE("The table quotes what needs it and leaves empty what there is none of") {
  const std::vector<SweepAxis> axes = {{"x", {"[1, 2]", "\"q\""}}};
  const std::vector<SweepRun> runs = plan_sweep(axes);
  const RunSummary summary{"n",
                           1,
                           "finished",
                           5,
                           "",
                           {{"m/a", 0.1, "", ""},
                            {"m/b", std::nan(""), "", ""},
                            {"m/c", -std::numeric_limits<double>::infinity(), "", ""}}};
  CHECK(sweep_csv(axes, {{&runs[0], "finished", summary}, {&runs[1], "waiting", std::nullopt}}) ==
        "run,x,state,step,m/a,m/b,m/c\n\"" + runs[0].folder +
            "\",\"[1, 2]\",finished,5,0.1,,-inf\n" + runs[1].folder +
            ",\"\"\"q\"\"\",waiting,,,,\n");
}

TEST_CASE("The leaves of a spec are named as --set names them") {
  const Value spec = parse_yaml(
      "a: {b: 1, c: {}}\no: {adam: {lr: {constant: \"0.1\"}}}\nlosses: [{plugin: r1, gamma: 2}, "
      "{plugin: r1, name: second}]\n"
      "hidden: [1, 2]\nnone: null\n",
      "s");
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"a.b", "1"},
      {"a.c", "{}"},
      {"o", "adam"},
      {"o.adam", "lr"},
      {"o.adam.lr", "0.1"},
      {"losses.r1.plugin", "r1"},
      {"losses.r1.gamma", "2"},
      {"losses.second.plugin", "r1"},
      {"losses.second.name", "second"},
      {"hidden", "[1, 2]"},
      {"none", "null"}};
  CHECK(spec_leaves(spec) == expected);
}
