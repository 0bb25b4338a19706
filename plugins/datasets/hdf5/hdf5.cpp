#include <saddle/io/hdf5_array.hpp>

#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Samples from a dataset of an HDF5 file: [n, sample...].
class Hdf5 final : public ArrayDataset {
 public:
  struct Options : ArrayOptions {
    std::string path, dataset;
    std::optional<std::string> labels;
    static void describe(Schema& s) {
      s.field(&Options::path, "path", "the file").required();
      s.field(&Options::dataset, "dataset", "of the samples [n, ...], as 'train/x'").required();
      s.field(&Options::labels, "labels",
              "the dataset of their classes [n] in the same file, whole numbers from 0");
      describe_array<Options>(s);
    }
  };
  static std::vector<std::string> offers(const Options& options) {
    if (!options.labels) return {};
    return {"labels"};
  }
  Hdf5(const Options& options, const DataSource& source)
      : ArrayDataset(read_hdf5(source.find(options.path), options.dataset),
                     labels_of(options, source), options.path + ":" + options.dataset, options,
                     options.labels ? options.path + ":" + *options.labels : "") {}

 private:
  static std::vector<double> labels_of(const Options& options, const DataSource& source) {
    if (!options.labels) return {};
    return read_hdf5(source.find(options.path), *options.labels).values;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, Hdf5, "hdf5", "samples from a dataset of an HDF5 file");
