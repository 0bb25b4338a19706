#include <saddle/saddle.hpp>

#include "autograd/differences.hpp"
#include "autograd/op_table.hpp"
#include "places.hpp"
#include "tensor/kernels.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

using namespace saddle;
using saddle::testing::check_gradients;
using saddle::testing::first_order;
using saddle::testing::op_table;
using saddle::testing::OpRow;
using saddle::testing::random_inputs;
using saddle::testing::second_order;

TEST_CASE("Every op agrees with central differences to second order", "[double]") {
  for (const OpRow& row : op_table()) {
    INFO("op " << row.op);
    check_gradients(row.call, random_inputs(row));
  }
}

TEST_CASE("Every op that the SDK exports has a row in the table of gradients", "[double]") {
  std::set<std::string> tested, exported;
  for (const OpRow& row : op_table()) tested.insert(row.op);
  const std::regex declaration("^Variable ([a-z_]+)\\(");
  const std::filesystem::path folder =
      std::filesystem::path(testing::kSourceFolder) / "platform/include/saddle/autograd/ops";
  for (const auto& header : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(header.path());
    std::smatch match;
    for (std::string line; std::getline(file, line);)
      if (std::regex_search(line, match, declaration)) exported.insert(match[1]);
  }
  CHECK(exported.size() > 30);
  CHECK(tested == exported);
}

TEST_CASE("Sums of cotangents made in place overwrite nothing that anybody else holds") {
  const auto noise = [](const char* name) {
    return random_normal(RandomStream(1, name), {100, 30});
  };
  const Variable x = Variable::leaf(noise("x")), held(noise("held")), cotangent(noise("g"));
  const auto with = [&x](auto vjp) { return record(Tensor(x.value()), {{x, vjp}}); };
  const auto captured = [&held](const Variable&, const Variable&) { return held; };
  const Variable twice = x + x, shifted = shift(twice, 1), other = alias(shifted);
  const Variable constant = with(captured), again = with(captured);
  const Variable output = with([](const Variable&, const Variable& y) { return y; });
  const Variable y = other * x + twice * other + square(shifted) + constant + again + output + x;
  const Variables wrt = {x, twice, shifted, other, constant, output, y};
  const Variables in_place = vjp(y, cotangent, wrt), apart = vjp(y, cotangent, wrt, {true});
  for (std::size_t i = 0; i < wrt.size(); ++i) CHECK((in_place[i].value() == apart[i].value()));
  CHECK((x.value() == noise("x")));
  CHECK((held.value() == noise("held")));
  CHECK((cotangent.value() == noise("g")));
  CHECK((output.value() == noise("x")));
}

TEST_CASE("Fast and reference kernels agree in every op, forward and to second order") {
  const auto compare = [](const Variable& fast, const Variable& reference) {
    REQUIRE(fast.shape() == reference.shape());
    for (std::size_t i = 0; i < fast.size(); ++i) {
      const double expected = reference.value().data()[i];
      CHECK(fast.value().data()[i] == Approx(expected).epsilon(2e-5).margin(2e-6));
    }
  };
  for (const OpRow& row : op_table()) {
    INFO("op " << row.op);
    const Variables inputs = random_inputs(row);
    const auto all = [&] {
      Variables values{row.call(inputs)};
      for (const Variable& g : grad(first_order(row.call, inputs), inputs)) values.push_back(g);
      for (const Variable& g : grad(second_order(row.call, inputs), inputs)) values.push_back(g);
      return values;
    };
    const Variables fast = all();
    const kernels::ReferenceScope scope;
    const Variables reference = all();
    for (std::size_t i = 0; i < fast.size(); ++i) compare(fast[i], reference[i]);
  }
}

TEST_CASE("A vjp sees only the paths that reach the variables asked for") {
  bool reached = false;
  const Variable x = Variable::leaf(full({}, 2)), y = Variable::leaf(full({}, 3));
  const Variable probe = record(y.value(), {{y, [&](const Variable& g, const Variable&) {
                                               reached = true;
                                               return g;
                                             }}});
  CHECK(grad(x * probe, {x})[0].item() == 3);
  CHECK_FALSE(reached);
  CHECK(grad(x * probe, {y})[0].item() == 2);
  CHECK(reached);
}

TEST_CASE("Gradients with respect to results of ops, and to variables out of reach") {
  const Variable x = Variable::leaf(full({}, 2)), other = Variable::leaf(full({3}, 1));
  const Variable y = x * x;
  const Variables g = grad(y * y, {y, x, other});
  CHECK(g[0].item() == 8);
  CHECK(g[1].item() == 32);
  CHECK(g[2].value() == zeros({3}));
}

TEST_CASE("Third derivatives exist by construction") {
  const Variable x = Variable::leaf(full({}, 2));
  const Variable d1 = grad(pow(x, 4), {x}, {true})[0];
  const Variable d2 = grad(d1, {x}, {true})[0];
  CHECK(grad(d2, {x})[0].item() == Approx(48));
}

TEST_CASE("A chain of a million nodes is differentiated and released without deep recursion") {
  const Variable x = Variable::leaf(full({}, 1));
  Variable y = x;
  for (int i = 0; i < 1000000; ++i) y = shift(y, 0);
  CHECK(grad(y, {x}, {true})[0].item() == 1);
}

TEST_CASE("Ops leave no history while it is paused, or where no input is tracked") {
  const Variable x = Variable::leaf(full({}, 1));
  CHECK((x + x).tracked());
  CHECK_FALSE((Variable::constant(1) + Variable::constant(2)).tracked());
  const NoHistory pause;
  CHECK_FALSE((x + x).tracked());
}

TEST_CASE("A shape mistake in an op is the plugin's error and names both shapes") {
  const Variable a(zeros({2, 3})), b(zeros({4}));
  CHECK_THROWS_WITH(a + b, "add: shapes [2, 3] and [4] do not broadcast");
  CHECK_THROWS_WITH(matmul(a, a), "matmul: shapes [2, 3] and [2, 3] do not multiply");
  CHECK_THROWS_AS(a + b, PluginError);
}
