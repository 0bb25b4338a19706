#include <saddle/io/png.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace {
using namespace saddle;
namespace fs = std::filesystem;

// As of idx files: 4 GiB.
constexpr std::size_t kMostNumbers = std::size_t{1} << 32;

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
    ByteArray samples;
    std::vector<double> labels;
  };
  Png(const Options& options, Images images)
      : ArrayDataset(std::move(images.samples), images.labels, options.path, options) {}

  struct File {
    fs::path path;
    std::size_t label;
  };

  static bool is_folder(const fs::path& path) {
    std::error_code error;
    const fs::file_type type = fs::status(path, error).type();
    // A class that is left out would renumber those behind it.
    if (type == fs::file_type::none) refuse(path, error);
    return type == fs::file_type::directory;
  }

  [[noreturn]] static void refuse(const fs::path& folder, const std::error_code& error) {
    throw DataError(folder.string() + ": cannot be read as a folder: " + error.message() +
                    ". Check its permissions and links.");
  }

  static std::vector<fs::path> sorted(const fs::path& folder, bool folders) {
    std::vector<fs::path> found;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const fs::path& path = entry->path();
      if (path.filename().string()[0] == '.') continue;
      if (folders ? is_folder(path) : path.extension() == ".png") found.push_back(path);
    }
    if (error) refuse(folder, error);
    std::sort(found.begin(), found.end());
    return found;
  }

  static std::vector<File> files_of(const std::string& path, bool classes) {
    if (!is_folder(path)) throw DataError(path + ": expected a folder of PNG images.");
    const std::vector<fs::path> folders =
        classes ? sorted(path, true) : std::vector<fs::path>{path};
    std::vector<File> files;
    for (std::size_t label = 0; label < folders.size(); ++label)
      for (const fs::path& file : sorted(folders[label], false)) files.push_back({file, label});
    if (files.empty())
      throw DataError(path + ": there are no files *.png in " +
                      (classes ? "the folders in it." : "it."));
    return files;
  }

  static std::vector<std::uint64_t> shape_of(const Image& image) {
    return {image.height, image.width, image.channels};
  }

  // An empty array with room for `count` images like this one.
  static ByteArray room_for(std::size_t count, const Image& image, const std::string& path) {
    if (count > kMostNumbers / image.bytes.size())
      throw DataError(path + ": its " + std::to_string(count) +
                      " images of [height, width, channels] " + shape_text(shape_of(image)) +
                      " make more than " + std::to_string(kMostNumbers) +
                      " numbers, the most that is read. Take fewer of them, or smaller ones.");
    ByteArray array{{count, image.height, image.width, image.channels}, {}};
    array.values.reserve(count * image.bytes.size());
    return array;
  }

  static void add(const fs::path& file, const Image& image, ByteArray& samples) {
    const std::vector<std::uint64_t> expected(samples.shape.begin() + 1, samples.shape.end());
    if (shape_of(image) != expected)
      throw DataError(file.string() + ": expected an image of [height, width, channels] " +
                      shape_text(expected) + " as the first one, found " +
                      shape_text(shape_of(image)) + ".");
    samples.values.insert(samples.values.end(), image.bytes.begin(), image.bytes.end());
  }

  static Images read_folder(const std::string& path, bool classes) {
    const std::vector<File> files = files_of(path, classes);
    Images images;
    for (const File& file : files) {
      const Image image = read_png(file.path.string());
      if (images.samples.shape.empty()) images.samples = room_for(files.size(), image, path);
      add(file.path, image, images.samples);
      if (classes) images.labels.push_back(static_cast<double>(file.label));
    }
    return images;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, Png, "png", "a folder of PNG images of one size");
