#include <saddle/saddle.hpp>

#include "autograd/op_table.hpp"

namespace saddle::testing {

using In = Variables;

// Windows that overlap, leave out the last row or column, or cover the whole image.
std::vector<OpRow> image_rows() {
  return {
      {"convolution",
       {{2, 5, 4, 3}, {3, 2, 3, 2}},
       -1,
       1,
       [](const In& v) {
         return convolution(v[0], v[1], {2, 1});
       }},
      {"convolution",
       {{2, 3, 4, 2}, {3, 3, 2, 2}},
       -1,
       1,
       [](const In& v) {
         return square(convolution(v[0], v[1], {1, 1}));
       }},
      {"convolution",
       {{2, 3, 2, 2}, {3, 2, 2, 1}},
       -1,
       1,
       [](const In& v) { return convolution(v[0], v[1], {}); }},
      {"convolution_leaky_relu",
       {{2, 5, 4, 3}, {3, 2, 3, 2}, {2}},
       -1,
       1,
       [](const In& v) {
         return square(convolution_leaky_relu(v[0], v[1], v[2], 0.3, {2, 1}));
       }},
      {"convolution_transposed",
       {{2, 2, 3, 2}, {4, 4, 3, 2}},
       -1,
       1,
       [](const In& v) {
         return convolution_transposed(v[0], v[1], {2, 1}, {5, 6});
       }},
      {"convolution_weights",
       {{2, 5, 4, 2}, {2, 3, 2, 3}},
       -1,
       1,
       [](const In& v) {
         return convolution_weights(v[0], v[1], {2, 1}, {3, 3});
       }},
      {"average_pool",
       {{2, 4, 6, 2}},
       -1,
       1,
       [](const In& v) { return square(average_pool(v[0], 2)); }},
      {"max_pool",
       {{2, 5, 4, 2}},
       -1,
       1,
       [](const In& v) {
         return square(max_pool(v[0], 3, {2, 1}));
       }},
      {"upsample_nearest",
       {{2, 2, 3, 2}},
       -1,
       1,
       [](const In& v) { return square(upsample_nearest(v[0], 3)); }},
      {"upsample_bilinear",
       {{2, 2, 3, 2}},
       -1,
       1,
       [](const In& v) { return square(upsample_bilinear(v[0], 2)); }},
  };
}

}  // namespace saddle::testing
