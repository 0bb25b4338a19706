#pragma once

#include <saddle/autograd/variable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace saddle::testing {

// One exported op with inputs on which it is smooth: each element uniform on [low, high].
struct OpRow {
  std::string op;
  std::vector<Shape> shapes;
  double low, high;
  std::function<Variable(const Variables&)> call;
};

const std::vector<OpRow>& op_table();
// Its part for images.
std::vector<OpRow> image_rows();

// The inputs of a row, as tracked leaves.
Variables random_inputs(const OpRow& row);

}  // namespace saddle::testing
