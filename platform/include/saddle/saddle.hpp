#pragma once

// All that a plugin needs.
#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/linear.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/autograd/variable.hpp>
#include <saddle/base/error.hpp>
#include <saddle/base/random.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/nn/activation.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/fourier_features.hpp>
#include <saddle/nn/initialisers.hpp>
#include <saddle/nn/layer.hpp>
#include <saddle/nn/linear.hpp>
#include <saddle/nn/mlp.hpp>
#include <saddle/nn/module.hpp>
#include <saddle/plugin/mixture_dataset.hpp>
#include <saddle/plugin/plugin.hpp>
#include <saddle/tensor/random.hpp>
#include <saddle/tensor/tensor.hpp>
#include <saddle/tensor/threads.hpp>
