#include "nn/layer_tools.hpp"

#include <map>
#include <string>

using namespace saddle;
using namespace saddle::testing;

namespace {

nn::MlpOptions tanh_layers(std::vector<std::size_t> hidden) {
  nn::MlpOptions options(std::move(hidden));
  options.activation = "tanh";
  return options;
}

struct Net {
  Net(const nn::MlpOptions& options, std::size_t in = 3, std::size_t out = 1)
      : mlp({in}, {out}, options), x(random_normal(RandomStream(1, "x"), {4, in})) {
    mlp.initialise(RandomStream(1, "init"));
    // Away from the zeros and ones of biases and norms.
    for (const NamedParameter& named : mlp.parameters()) {
      const Tensor noise = random_normal(RandomStream(3, named.path), named.variable->shape());
      *named.variable = Variable::leaf((*named.variable + 0.1 * Variable(noise)).value());
    }
  }
  Variable at(const std::string& path) {
    for (const NamedParameter& named : mlp.parameters())
      if (named.path == path) return *named.variable;
    FAIL("there is no parameter " << path);
    throw;
  }
  // What the last layer makes of the last hidden one, [n, units].
  Variable last(const Variable& h, const std::string& number = "1") {
    return affine(h, at(number + ".weight"), at(number + ".bias"));
  }
  void expect(const Variable& y, Context context = training()) {
    const Tensor found = mlp(x, context).value();
    check_elements(found, {y.value().begin(), y.value().end()});
  }
  nn::Mlp mlp;
  Variable x;
};

std::vector<std::string> names(Module& module) {
  std::vector<std::string> found;
  for (const NamedParameter& named : module.parameters()) found.push_back(named.path);
  return found;
}

}  // namespace

TEST_CASE("Batch normalisation in an mlp takes the place of the bias, before the activation") {
  nn::MlpOptions options = tanh_layers({5});
  options.norm = "batch";
  Net net(options);
  CHECK(names(net.mlp) ==
        std::vector<std::string>{"0.weight", "0.norm.scale", "0.norm.shift", "1.weight", "1.bias"});
  CHECK(options.mixes_samples());
  const Variable h = matmul(net.x, net.at("0.weight")), centred = h - mean(h, 0);
  const Variable normal = centred / sqrt(mean(square(centred), 0) + 1e-5);
  net.expect(net.last(tanh(normal * net.at("0.norm.scale") + net.at("0.norm.shift"))));
}

TEST_CASE("Layer normalisation in an mlp keeps the bias and mixes no samples") {
  nn::MlpOptions options = tanh_layers({5});
  options.norm = "layer";
  Net net(options);
  CHECK_FALSE(options.mixes_samples());
  const Variable h = affine(net.x, net.at("0.weight"), net.at("0.bias"));
  const Variable centred = h - reshape(mean(h, 1), {4, 1});
  const Variable normal = centred / sqrt(reshape(mean(square(centred), 1), {4, 1}) + 1e-5);
  net.expect(net.last(tanh(normal * net.at("0.norm.scale") + net.at("0.norm.shift"))));
}

TEST_CASE("Maxout in an mlp takes the place of the activation") {
  nn::MlpOptions options = tanh_layers({2});
  options.maxout_pieces = 3;
  Net net(options);
  CHECK(net.at("0.weight").shape() == Shape{3, 6});
  const Variable h = affine(net.x, net.at("0.weight"), net.at("0.bias"));
  net.expect(net.last(max(reshape(h, {4, 3, 2}), 1)));
}

TEST_CASE("Dropout in an mlp leaves hidden units out, in training only") {
  nn::MlpOptions options = tanh_layers({5});
  options.dropout = 0.5;
  Net net(options);
  const Variable h = tanh(affine(net.x, net.at("0.weight"), net.at("0.bias")));
  net.expect(net.last(h), evaluation());
  Context context = training();
  net.expect(net.last(nn::Dropout(0.5)(h, context)));
}

TEST_CASE("A residual mlp adds the input of each hidden layer to its output") {
  nn::MlpOptions options = tanh_layers({3, 4});
  options.residual = true;
  Net net(options);
  CHECK(names(net.mlp) == std::vector<std::string>{"0.weight", "0.bias", "1.weight", "1.bias",
                                                   "1.shortcut.weight", "2.weight", "2.bias"});
  const Variable h = net.x + tanh(affine(net.x, net.at("0.weight"), net.at("0.bias")));
  const Variable wider = matmul(h, net.at("1.shortcut.weight"));
  net.expect(net.last(wider + tanh(affine(h, net.at("1.weight"), net.at("1.bias"))), "2"));
}

TEST_CASE(
    "Spectral normalisation in an mlp is of every weight but that of a deviation, which is 0") {
  nn::MlpOptions options = tanh_layers({3, 4});
  options.spectral_norm = options.residual = true;
  options.bottleneck = 2;
  nn::Mlp net({3}, {1}, options);
  std::size_t weights = 0;
  for (const std::string& name : names(net))
    if (name.substr(name.size() - 6) == "weight" && name != "bottleneck.log_deviation.weight")
      ++weights;
  CHECK(net.buffers().size() == weights);
  CHECK(net.buffers()[0].path == "0.spectral_norm.u");
}

TEST_CASE("The bottleneck of an mlp stands before its last layer and has a rate") {
  nn::MlpOptions options = tanh_layers({5});
  options.bottleneck = 2;
  Net net(options);
  CHECK(net.mlp.width() == 2);
  CHECK(net.at("1.weight").shape() == Shape{2, 1});
  Context context = training();
  const nn::Mlp::Pass pass = net.mlp.run(net.x, context);
  const Variable h = tanh(affine(net.x, net.at("0.weight"), net.at("0.bias")));
  const auto head = [&](const std::string& name) {
    return affine(h, net.at("bottleneck." + name + ".weight"),
                  net.at("bottleneck." + name + ".bias"));
  };
  const Variable mean = head("mean"), log_deviation = head("log_deviation");
  const auto same = [](const Variable& a, const Variable& b) {
    check_elements(a.value(), {b.value().begin(), b.value().end()});
  };
  same(pass.features, h);
  same(pass.code, mean);
  same(pass.output, net.last(mean));
  same(*pass.rate, sum(0.5 * (square(mean) + exp(2.0 * log_deviation) - 1) - log_deviation, 1));
  CHECK(pass.rate->shape() == Shape{4, 1});
}

TEST_CASE("Without a bottleneck an mlp's code is its features, without hidden layers its input") {
  nn::MlpOptions options(std::vector<std::size_t>{});
  Net net(options);
  Context context = training();
  const nn::Mlp::Pass pass = net.mlp.run(net.x, context);
  CHECK((pass.features.value() == net.x.value()));
  CHECK((pass.code.value() == net.x.value()));
  CHECK_FALSE(pass.rate);
  CHECK(net.mlp.width() == 3);
}

TEST_CASE("Orthogonal weights of an mlp have the gain that is asked for") {
  nn::MlpOptions options = tanh_layers({3});
  options.init = "orthogonal";
  options.init_gain = 1.4;
  options.output_gain = 0.5;
  nn::Mlp net({3}, {1}, options);
  net.initialise(RandomStream(1, "init"));
  const Variable first = *net.parameters()[0].variable, last = *net.parameters()[2].variable;
  check_elements(matmul(first, first, true).value(), {1.96, 0, 0, 0, 1.96, 0, 0, 0, 1.96});
  check_elements(matmul(last, last, true).value(), {0.25});
}

TEST_CASE("Options change no first weight of a layer that has its size without them") {
  nn::MlpOptions options = tanh_layers({4, 4});
  nn::Mlp plain({3}, {1}, options);
  options.norm = "batch";
  options.residual = options.spectral_norm = true;
  options.dropout = 0.5;
  nn::Mlp rich({3}, {1}, options);
  std::map<std::string, Tensor> weights;
  for (nn::Mlp* net : {&plain, &rich}) {
    net->initialise(RandomStream(1, "init"));
    for (const NamedParameter& named : net->parameters()) {
      const Tensor& value = named.variable->value();
      const auto [known, made] = weights.emplace(named.path, value);
      CHECK((known->second == value));
    }
  }
  CHECK(weights.count("1.weight") == 1);
}

TEST_CASE("A tapped layer of an mlp is its output behind the activation") {
  Net net(tanh_layers({5}));
  Context context = training();
  context.request_tap("0");
  net.mlp(net.x, context);
  const Variable h = tanh(affine(net.x, net.at("0.weight"), net.at("0.bias")));
  check_elements(context.tap("0").value(), {h.value().begin(), h.value().end()});
}

TEST_CASE("An mlp with all its options is differentiated twice") {
  // The derivatives of a norm over few rows change faster than the steps that float needs.
  if (!kDouble) return;
  nn::MlpOptions options = tanh_layers({3, 2});
  options.norm = "batch";
  options.spectral_norm = options.residual = true;
  options.dropout = 0.2;
  options.bottleneck = 2;
  Net net(options);
  // Weights that begin at 0 and norms that have not settled bend more than differences can follow.
  for (const NamedParameter& named : net.mlp.parameters())
    if (named.path == "bottleneck.log_deviation.weight")
      *named.variable =
          Variable::leaf(random_normal(RandomStream(4, named.path), named.variable->shape()));
  for (int i = 0; i < 20; ++i) {
    Context context = own_update(i);
    net.mlp.run(net.x, context);
    commit(net.mlp);
  }
  check_layer_gradients(
      net.mlp,
      [&](const Variable& x) {
        Context context = training();
        const nn::Mlp::Pass pass = net.mlp.run(x, context);
        return concat({pass.output, *pass.rate}, 1);
      },
      net.x.value());
}
