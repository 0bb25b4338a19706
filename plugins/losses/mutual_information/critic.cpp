#include "critic.hpp"

namespace saddle::mutual_information {

ConcatCritic::ConcatCritic(std::size_t dimension, std::size_t size, const nn::MlpOptions& options)
    : network_(add<nn::Mlp>("network", Shape{dimension + size}, Shape{1}, options)) {}

bounds::Scores ConcatCritic::scores(const Variable& x, const Variable& c, std::size_t shift,
                                    Context& context) {
  const std::size_t n = x.shape()[0];
  const Variable apart = concat({slice(c, 0, shift, n), slice(c, 0, 0, shift)}, 0);
  const auto score = [&](const Variable& code) {
    return reshape(network_(concat({x, code}, 1), context), {n});
  };
  return {score(c), score(apart)};
}

SeparableCritic::SeparableCritic(std::size_t dimension, std::size_t size, std::size_t embedding,
                                 const nn::MlpOptions& options)
    : of_sample_(add<nn::Mlp>("sample", Shape{dimension}, Shape{embedding}, options)),
      of_code_(add<nn::Mlp>("code", Shape{size}, Shape{embedding}, options)) {}

Variable SeparableCritic::scores(const Variable& x, const Variable& c, Context& context) {
  return matmul(of_sample_(x, context), of_code_(c, context), false, true);
}

}  // namespace saddle::mutual_information
