#include "cli/templates.hpp"

#include <map>

namespace saddle::cli {
namespace {

const char* const kGenerator = R"(#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

class @Class@ final : public Generator {
 public:
  struct Options {
    std::vector<std::size_t> hidden = {128, 128};
    static void describe(Schema& s) {
      s.field(&Options::hidden, "hidden", "units of each hidden layer").range(1, 4096);
    }
  };
  @Class@(const Options& options, const Shapes& shapes)
      : body_(add<nn::Mlp>("body", shapes.latent, shapes.sample, options.hidden)) {}

  // Parts [n, size] each -> [n, sample...]
  Samples forward(const Latent& latent, Context& context) override {
    return body_(latent.joined(), context);
  }

 private:
  nn::Mlp& body_;
};
}  // namespace

SADDLE_PLUGIN(generator, @Class@, "@name@", "fully connected generator");
)";

const char* const kDiscriminator = R"(#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

class @Class@ final : public Discriminator {
 public:
  struct Options {
    std::vector<std::size_t> hidden = {128, 128};
    static void describe(Schema& s) {
      s.field(&Options::hidden, "hidden", "units of each hidden layer").range(1, 4096);
    }
  };
  @Class@(const Options& options, const Shapes& shapes)
      : body_(add<nn::Mlp>("body", shapes.input, Shape{1}, options.hidden)) {}

  // x [n, input...] -> logits [n, 1]
  Outputs forward(const Batch& batch, Context& context) override { return body_(batch.x, context); }

 private:
  nn::Mlp& body_;
};
}  // namespace

SADDLE_PLUGIN(discriminator, @Class@, "@name@", "fully connected discriminator");
)";

const char* const kLoss = R"(#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Objectives on the logits r of real and f of generated samples, both to be minimised.
class @Class@ final : public Loss {
 public:
  struct Options {
    double margin = 1;
    static void describe(Schema& s) {
      s.field(&Options::margin, "margin", "logits beyond it cost nothing").range(0, 100);
    }
  };
  @Class@(const Options& options, const Shapes&) : margin_(options.margin) {}

  Objectives objectives() const override { return {true, true, false}; }

  // E max(0, margin - r) + E max(0, margin + f)
  Variable discriminator(Round& round) override {
    return mean(relu(margin_ - round.real_outputs().logits())) +
           mean(relu(margin_ + round.generated_outputs().logits()));
  }
  // -E f
  Variable generator(Round& round) override { return -mean(round.generated_outputs().logits()); }

 private:
  double margin_;
};
}  // namespace

SADDLE_PLUGIN(loss, @Class@, "@name@", "hinge loss");
)";

const char* const kMetric = R"(#include <saddle/saddle.hpp>

#include <cmath>

namespace {
using namespace saddle;

class @Class@ final : public Metric {
 public:
  @Class@(const NoOptions&, const MetricSetup&) {}

  std::vector<SeriesInfo> series() const override { return {{"root-mean-square", "1"}}; }
  std::vector<Need> needs() const override { return {Need::generated}; }

  std::vector<double> evaluate(const Snapshot& snapshot) const override {
    const Tensor& x = snapshot.generated();  // [n, sample...]
    double squares = 0;
    for (const Scalar value : x) squares += double{value} * double{value};
    return {std::sqrt(squares / static_cast<double>(x.size()))};
  }
};
}  // namespace

SADDLE_PLUGIN(metric, @Class@, "@name@", "size of the generated samples");
)";

const char* const kDataset = R"(#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Two Gaussians on a line.
class @Class@ final : public MixtureDataset {
 public:
  struct Options {
    double distance = 2, sigma = 0.1;
    static void describe(Schema& s) {
      s.field(&Options::distance, "distance", "between the means").range(0, 1e6);
      s.field(&Options::sigma, "sigma", "standard deviation of each").range(1e-9, 1e6);
    }
  };
  static std::vector<std::string> offers(const Options&) {
    return {"labels", "modes", "log-density"};
  }
  @Class@(const Options& o, const DataSource& source)
      : MixtureDataset({tensor({2, 1}, {-o.distance / 2, o.distance / 2}), {o.sigma, o.sigma},
                        {0.5, 0.5}},
                       100000, source) {}
};
}  // namespace

SADDLE_PLUGIN(dataset, @Class@, "@name@", "two Gaussians on a line");
)";

}  // namespace

std::string plugin_template(const std::string& kind) {
  static const std::map<std::string, const char*> templates = {{"generator", kGenerator},
                                                               {"discriminator", kDiscriminator},
                                                               {"loss", kLoss},
                                                               {"metric", kMetric},
                                                               {"dataset", kDataset}};
  return templates.at(kind);
}

std::string project_template() {
  return R"(cmake_minimum_required(VERSION 3.25)
project(@stem@ LANGUAGES CXX)

find_package(Saddle 0.1 REQUIRED)
saddle_add_plugin(@kind@ @name@)
)";
}

}  // namespace saddle::cli
