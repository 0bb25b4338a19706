#include <saddle/io/npy.hpp>

#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Samples from a file of numpy.save: [n, sample...].
class Npy final : public ArrayDataset {
 public:
  struct Options : ArrayOptions {
    std::string path;
    std::optional<std::string> labels;
    static void describe(Schema& s) {
      s.field(&Options::path, "path", "the file of the samples [n, ...]").required();
      s.field(&Options::labels, "labels", "the file of their classes [n], whole numbers from 0");
      describe_array<Options>(s);
    }
  };
  static std::vector<std::string> offers(const Options& options) {
    if (!options.labels) return {};
    return {"labels"};
  }
  Npy(const Options& options, const DataSource& source)
      : ArrayDataset(read_npy(source.find(options.path)), labels_of(options, source), options.path,
                     options, options.labels.value_or("")) {}

 private:
  static std::vector<double> labels_of(const Options& options, const DataSource& source) {
    if (!options.labels) return {};
    return read_npy(source.find(*options.labels)).values;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, Npy, "npy", "samples from a file of numpy.save");
