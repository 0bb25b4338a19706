#include "autograd/op_table.hpp"

#include <saddle/saddle.hpp>

#include <utility>

namespace saddle::testing {

using In = Variables;

namespace {

std::vector<OpRow> general_rows() {
  return {
      {"add", {{3, 5}, {3, 5}}, -1, 1, [](const In& v) { return add(v[0], v[1]); }},
      {"add", {{3, 5}, {5}}, -1, 1, [](const In& v) { return v[0] + v[1]; }},
      {"add", {{9}, {3, 9}}, -1, 1, [](const In& v) { return v[0] + square(v[1]); }},
      {"sub", {{3, 9}, {1}}, -1, 1, [](const In& v) { return square(v[0] - v[1]); }},
      {"sub", {{9}, {3, 9}}, -1, 1, [](const In& v) { return square(v[0] - v[1]); }},
      {"mul", {{3, 9}, {9}}, -1, 1, [](const In& v) { return v[0] * v[1]; }},
      {"div", {{9}, {3, 9}}, 0.5, 1.5, [](const In& v) { return v[0] / v[1]; }},
      {"sub", {{3, 1}, {4}}, -1, 1, [](const In& v) { return sub(v[0], v[1]); }},
      {"mul", {{3, 5}, {3, 1}}, -1, 1, [](const In& v) { return mul(v[0], v[1]); }},
      {"mul", {{2, 3, 4}, {3, 1}}, -1, 1, [](const In& v) { return v[0] * v[1]; }},
      {"div", {{3, 5}, {5}}, 0.5, 1.5, [](const In& v) { return div(v[0], v[1]); }},
      {"neg", {{3, 5}}, -1, 1, [](const In& v) { return neg(square(v[0])); }},
      {"scale", {{3, 5}}, -1, 1, [](const In& v) { return scale(square(v[0]), -1.5); }},
      {"shift", {{3, 5}}, -1, 1, [](const In& v) { return square(shift(v[0], 0.75)); }},
      {"exp", {{3, 5}}, -1, 1, [](const In& v) { return exp(v[0]); }},
      {"log", {{3, 5}}, 0.5, 2, [](const In& v) { return log(v[0]); }},
      {"sqrt", {{3, 5}}, 0.5, 2, [](const In& v) { return sqrt(v[0]); }},
      {"sqrt_above", {{3, 5}}, 0.5, 2, [](const In& v) { return sqrt_above(v[0], 0.25); }},
      {"square", {{3, 5}}, -1, 1, [](const In& v) { return square(v[0]); }},
      {"pow", {{3, 5}}, 0.5, 2, [](const In& v) { return pow(v[0], 2.5); }},
      {"sin", {{3, 5}}, -3, 3, [](const In& v) { return sin(v[0]); }},
      {"cos", {{3, 5}}, -3, 3, [](const In& v) { return cos(v[0]); }},
      {"abs", {{3, 5}}, 0.1, 1, [](const In& v) { return abs(square(v[0])); }},
      {"abs", {{3, 5}}, -1, -0.1, [](const In& v) { return square(abs(v[0])); }},
      {"erf", {{3, 5}}, -2, 2, [](const In& v) { return erf(v[0]); }},
      {"gelu", {{3, 5}}, -3, 3, [](const In& v) { return gelu(v[0]); }},
      {"wright_omega", {{3, 5}}, -3, 3, [](const In& v) { return wright_omega(v[0]); }},
      {"tanh", {{3, 5}}, -2, 2, [](const In& v) { return tanh(v[0]); }},
      {"sigmoid", {{3, 5}}, -3, 3, [](const In& v) { return sigmoid(v[0]); }},
      {"softplus", {{3, 5}}, -3, 3, [](const In& v) { return softplus(v[0]); }},
      {"relu", {{3, 5}}, 0.1, 1, [](const In& v) { return relu(square(v[0])); }},
      {"leaky_relu",
       {{3, 5}},
       -1,
       -0.1,
       [](const In& v) { return leaky_relu(v[0] * v[0] * v[0], 0.2); }},
      {"silu", {{3, 5}}, -3, 3, [](const In& v) { return silu(v[0]); }},
      {"gate",
       {{2, 2}},
       -1,
       1,
       [](const In& v) {
         return gate(square(v[0]), Variable(tensor({2, 2}, {1, -1, -2, 3})), 0.2);
       }},
      {"sum", {{3, 5}}, -1, 1, [](const In& v) { return sum(square(v[0])); }},
      {"sum", {{3, 4, 2}}, -1, 1, [](const In& v) { return sum(square(v[0]), 1); }},
      {"mean", {{3, 5}}, -1, 1, [](const In& v) { return mean(square(v[0])); }},
      {"mean", {{3, 4, 2}}, -1, 1, [](const In& v) { return mean(square(v[0]), 2); }},
      {"max",
       {{2, 3}},
       0.1,
       1,
       [](const In& v) {
         return square(max(v[0] * Variable(tensor({2, 3}, {1, 20, -1, -1, 1, 20})), 1));
       }},
      {"max",
       {{2, 3, 2}},
       0.5,
       1,
       [](const In& v) {
         const Tensor apart = tensor({3, 2}, {1, 20, 20, -1, -1, 1});
         return max(square(v[0]) * Variable(apart), 1);
       }},
      {"logsumexp", {{3, 5}}, -2, 2, [](const In& v) { return logsumexp(v[0], 1); }},
      {"logsumexp", {{3, 4, 2}}, -2, 2, [](const In& v) { return logsumexp(square(v[0]), 1); }},
      {"sum_rows", {{3, 4, 2}}, -1, 1, [](const In& v) { return sum_rows(square(v[0])); }},
      {"norm_rows", {{3, 4, 2}}, -1, 1, [](const In& v) { return norm_rows(v[0]); }},
      {"sum_to",
       {{3, 4, 2}},
       -1,
       1,
       [](const In& v) {
         return square(sum_to(v[0], {4, 1}));
       }},
      {"broadcast_to",
       {{3, 1, 2}},
       -1,
       1,
       [](const In& v) {
         return square(broadcast_to(v[0], {4, 3, 5, 2}));
       }},
      {"matmul", {{3, 5}, {5, 2}}, -1, 1, [](const In& v) { return matmul(v[0], v[1]); }},
      {"matmul", {{5, 3}, {5, 2}}, -1, 1, [](const In& v) { return matmul(v[0], v[1], true); }},
      {"matmul",
       {{3, 5}, {2, 5}},
       -1,
       1,
       [](const In& v) { return matmul(v[0], v[1], false, true); }},
      {"matmul",
       {{5, 3}, {2, 5}},
       -1,
       1,
       [](const In& v) { return matmul(v[0], v[1], true, true); }},
      {"matmul", {{1, 5}, {5, 1}}, -1, 1, [](const In& v) { return matmul(v[0], v[1]); }},
      {"affine",
       {{3, 5}, {5, 2}, {2}},
       -1,
       1,
       [](const In& v) { return affine(v[0], v[1], v[2]); }},
      {"affine",
       {{3, 1}, {1, 1}, {1}},
       -1,
       1,
       [](const In& v) { return affine(v[0], v[1], v[2]); }},
      {"affine_leaky_relu",
       {{3, 5}, {5, 2}, {2}},
       0.1,
       1,
       [](const In& v) { return affine_leaky_relu(v[0], v[1], v[2], 0.2); }},
      {"affine_leaky_relu",
       {{3, 5}, {5, 2}, {2}},
       0.1,
       1,
       [](const In& v) { return affine_leaky_relu(v[0], -v[1], -v[2], 0.2); }},
      {"reshape",
       {{3, 4}},
       -1,
       1,
       [](const In& v) {
         return square(reshape(v[0], {2, 6}));
       }},
      {"alias", {{3, 4}}, -1, 1, [](const In& v) { return square(alias(v[0])); }},
      {"flatten", {{3, 4, 2}}, -1, 1, [](const In& v) { return square(flatten(v[0])); }},
      {"concat", {{3, 4}, {3, 2}}, -1, 1, [](const In& v) { return square(concat(v, 1)); }},
      {"slice", {{3, 4, 2}}, -1, 1, [](const In& v) { return square(slice(v[0], 1, 1, 3)); }},
      {"pad", {{3, 4}}, -1, 1, [](const In& v) { return square(pad(v[0], 0, 2, 1)); }},
      {"detach",
       {{3, 4}},
       -1,
       1,
       [](const In& v) { return square(v[0]) + detach(Variable::constant(2)); }},
  };
}

}  // namespace

const std::vector<OpRow>& op_table() {
  static const std::vector<OpRow> rows = [] {
    std::vector<OpRow> all = general_rows();
    for (OpRow& row : image_rows()) all.push_back(std::move(row));
    return all;
  }();
  return rows;
}

Variables random_inputs(const OpRow& row) {
  Variables inputs;
  const RandomStream stream(1, "op-table/" + row.op);
  for (std::size_t i = 0; i < row.shapes.size(); ++i)
    inputs.push_back(Variable::leaf(
        random_uniform(stream.child(std::to_string(i)), row.shapes[i], row.low, row.high)));
  return inputs;
}

}  // namespace saddle::testing
