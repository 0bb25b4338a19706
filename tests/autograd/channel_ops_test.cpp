#include "autograd/ops/channels.hpp"

#include <saddle/saddle.hpp>

#include "autograd/differences.hpp"
#include "autograd/op_table.hpp"
#include "tensor/channels.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using namespace saddle::testing;

namespace {

using In = Variables;

Variable centred(const Variable& x) { return centre(x, kernels::channel_means(x.value())); }

// Two channels of three rows, with means 2 and 20.
const Tensor kRows = tensor({3, 2}, {1, 10, 2, 20, 3, 30});

}  // namespace

TEST_CASE("Ops over channels agree with central differences to second order", "[double]") {
  const Shape images = {3, 2, 2, 5};
  const std::vector<OpRow> rows = {
      {"centre", {images}, -1, 1, [](const In& v) { return centred(square(v[0])); }},
      {"sum_squares", {images}, -1, 1, [](const In& v) { return sum_squares(square(v[0])); }},
      {"sum_products",
       {images, images},
       -1,
       1,
       [](const In& v) { return sum_products(square(v[0]), v[1]); }},
      {"scale_shift",
       {images, {5}, {5}},
       -1,
       1,
       [](const In& v) { return scale_shift(square(v[0]), v[1], v[2]); }},
      {"scale_shift, bent", {images, {5}, {5}}, -1, 1, [](const In& v) {
         return scale_shift(square(v[0]), v[1], v[2], 0.3);
       }}};
  for (const OpRow& row : rows) {
    INFO("op " << row.op);
    check_gradients(row.call, random_inputs(row));
  }
}

TEST_CASE("Ops over channels do what their names say") {
  const Variable x(kRows), factor(tensor({2}, {2, 3})), offset(tensor({2}, {100, 200}));
  CHECK((centred(x).value() == tensor({3, 2}, {-1, -10, 0, 0, 1, 10})));
  CHECK((sum_squares(x).value() == tensor({2}, {14, 1400})));
  CHECK((sum_products(x, Variable(full({3, 2}, 2))).value() == tensor({2}, {12, 120})));
  CHECK((scale_shift(x, factor, offset).value() == tensor({3, 2}, {102, 230, 104, 260, 106, 290})));
  CHECK(
      (scale_shift(x, Variable(tensor({2}, {-2, 1})), Variable(tensor({2}, {3, 0})), 0.5).value() ==
       tensor({3, 2}, {1, 10, -0.5, 20, -1.5, 30})));
}
