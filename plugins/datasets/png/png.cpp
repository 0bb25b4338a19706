#include <saddle/io/png.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <filesystem>

namespace {
using namespace saddle;
namespace fs = std::filesystem;

// A folder of PNG images of one size as samples [height, width, channels].
class Png final : public ArrayDataset {
 public:
  struct Options : ArrayOptions {
    std::string path;
    bool classes = false;
    Options() { scale = "symmetric"; }
    static void describe(Schema& s) {
      s.field(&Options::path, "path", "the folder").required();
      s.field(&Options::classes, "classes",
              "the images lie in folders of it, each a class, in alphabetical order");
      describe_array<Options>(s);
    }
  };
  static std::vector<std::string> offers(const Options& options) {
    if (!options.classes) return {};
    return {"labels"};
  }
  Png(const Options& options, const DataSource& source)
      : Png(options, read_folder(source.find(options.path), options.classes)) {}

 private:
  struct Images {
    NumberArray samples;
    std::vector<double> labels;
  };
  Png(const Options& options, Images images)
      : ArrayDataset(std::move(images.samples), std::move(images.labels), options.path, options) {}

  static std::vector<fs::path> sorted(const fs::path& folder, bool folders) {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      const bool wanted = folders ? entry.is_directory() : entry.path().extension() == ".png";
      const bool hidden = entry.path().filename().string()[0] == '.';
      if (wanted && !hidden) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  static void add(const fs::path& file, Images& images) {
    const Image image = read_png(file.string());
    std::vector<std::uint64_t>& shape = images.samples.shape;
    if (shape.empty()) shape = {0, image.height, image.width, image.channels};
    if (shape[1] != image.height || shape[2] != image.width || shape[3] != image.channels)
      throw DataError(file.string() + ": expected an image of [height, width, channels] [" +
                      std::to_string(shape[1]) + ", " + std::to_string(shape[2]) + ", " +
                      std::to_string(shape[3]) + "] as the first one, found [" +
                      std::to_string(image.height) + ", " + std::to_string(image.width) + ", " +
                      std::to_string(image.channels) + "].");
    images.samples.values.insert(images.samples.values.end(), image.bytes.begin(),
                                 image.bytes.end());
    ++shape[0];
  }

  static Images read_folder(const std::string& path, bool classes) {
    if (!fs::is_directory(path)) throw DataError(path + ": expected a folder of PNG images.");
    Images images;
    const std::vector<fs::path> folders =
        classes ? sorted(path, true) : std::vector<fs::path>{path};
    for (std::size_t label = 0; label < folders.size(); ++label)
      for (const fs::path& file : sorted(folders[label], false)) {
        add(file, images);
        if (classes) images.labels.push_back(static_cast<double>(label));
      }
    if (images.samples.shape.empty())
      throw DataError(path + ": there are no files *.png in " +
                      (classes ? "the folders in it." : "it."));
    return images;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, Png, "png", "a folder of PNG images of one size");
