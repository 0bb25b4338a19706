#include <saddle/io/idx.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <array>

namespace {
using namespace saddle;

// Images from files in IDX format, as MNIST's. A sample is [rows, columns, 1].
class Idx final : public Dataset {
 public:
  struct Options {
    std::string images;
    std::optional<std::string> labels, test_images, test_labels;
    std::string scale = "symmetric";
    static void describe(Schema& s) {
      s.field(&Options::images, "images", "the file of the training images").required();
      s.field(&Options::labels, "labels", "the file of their labels");
      s.field(&Options::test_images, "test_images", "the file of the test images");
      s.field(&Options::test_labels, "test_labels", "the file of their labels");
      s.field(&Options::scale, "scale", "of the pixels: unit for [0, 1], symmetric for [-1, 1]")
          .choices({"unit", "symmetric"});
    }
  };
  static std::vector<std::string> offers(const Options& options) {
    if (!options.labels) return {};
    return {"labels"};
  }

  Idx(const Options& options, const DataSource& source) : unit_(options.scale == "unit") {
    check_names(options);
    train_ = read(options.images, options.labels, source);
    shape_ = {train_.images.shape[1], train_.images.shape[2], 1};
    test_.images.shape = {0, shape_[0], shape_[1]};
    if (options.test_images) {
      test_ = read(*options.test_images, options.test_labels, source);
      check_test_shape(*options.test_images);
    }
    for (std::size_t byte = 0; byte < pixel_.size(); ++byte)
      pixel_[byte] = static_cast<Scalar>(unit_ ? static_cast<double>(byte) / 255
                                               : static_cast<double>(byte) / 127.5 - 1);
    for (const Part* part : {&train_, &test_})
      for (const std::uint8_t label : part->labels.bytes)
        classes_ = std::max<std::size_t>(classes_, label + std::size_t{1});
  }

  Shape sample_shape() const override { return shape_; }
  std::size_t size(Split split) const override { return part(split).count(); }
  std::string scaling() const override { return unit_ ? "x / 255" : "x / 127.5 - 1"; }
  std::size_t classes() const override { return classes_; }

  Tensor samples(Split split, const Indices& indices) const override {
    const std::size_t pixels = element_count(shape_);
    const std::uint8_t* bytes = part(split).images.bytes.data();
    Tensor out = empty(with_rows(indices.size(), shape_));
    for (std::size_t row = 0; row < indices.size(); ++row)
      std::transform(bytes + indices[row] * pixels, bytes + (indices[row] + 1) * pixels,
                     out.data() + row * pixels, [&](std::uint8_t byte) { return pixel_[byte]; });
    return out;
  }

  Labels labels(Split split, const Indices& indices) const override {
    Labels found;
    if (classes_ == 0) return found;
    for (const std::size_t index : indices) found.push_back(part(split).labels.bytes[index]);
    return found;
  }

 private:
  struct Part {
    IdxArray images, labels;
    std::size_t count() const { return images.shape[0]; }
  };
  const Part& part(Split split) const { return split == Split::train ? train_ : test_; }

  static void check_names(const Options& o) {
    if (o.test_labels && !o.test_images)
      throw SpecError("test_labels: given without test_images. Give both, or neither.");
    if (o.test_images && o.labels.has_value() != o.test_labels.has_value())
      throw SpecError(std::string(o.labels ? "labels: given without test_labels"
                                           : "test_labels: given without labels") +
                      ". Give both, or neither.");
  }

  static std::string find(const std::string& path, const DataSource& source) {
    const bool mnist = path.rfind("mnist/", 0) == 0;
    if (!mnist) return source.find(path);
    return source.find(
        path, "Run data/fetch_mnist.sh, or set SADDLE_DATA_DIR to the folder that holds mnist/.");
  }

  static Part read(const std::string& images, const std::optional<std::string>& labels,
                   const DataSource& source) {
    Part part;
    const std::string path = find(images, source);
    part.images = read_idx(path);
    expect_rank(path, part.images, 3, "images [n, rows, columns]");
    if (part.images.bytes.empty())
      throw DataError(path + ": expected at least one pixel, found images of shape " +
                      shape_text(part.images) + ".");
    if (!labels) return part;
    const std::string labels_path = find(*labels, source);
    part.labels = read_idx(labels_path);
    expect_rank(labels_path, part.labels, 1, "labels [n]");
    if (part.labels.shape[0] != part.count())
      throw DataError(labels_path + ": expected " + std::to_string(part.count()) +
                      " labels, as many as " + path + " has images, found " +
                      std::to_string(part.labels.shape[0]) + ".");
    return part;
  }

  static void expect_rank(const std::string& path, const IdxArray& array, std::size_t rank,
                          const std::string& what) {
    if (array.shape.size() != rank)
      throw DataError(path + ": expected " + what + ", found an array of shape " +
                      shape_text(array) + ".");
  }

  static std::string shape_text(const IdxArray& array) {
    return to_text(Shape(array.shape.begin(), array.shape.end()));
  }

  void check_test_shape(const std::string& path) const {
    const auto& train = train_.images.shape;
    const auto& test = test_.images.shape;
    if (test[1] != train[1] || test[2] != train[2])
      throw DataError(path + ": expected images of " + std::to_string(train[1]) + " x " +
                      std::to_string(train[2]) + " pixels, like the training images, found " +
                      std::to_string(test[1]) + " x " + std::to_string(test[2]) + ".");
  }

  bool unit_;
  Part train_, test_;
  Shape shape_;
  std::array<Scalar, 256> pixel_;
  std::size_t classes_ = 0;
};

}  // namespace

SADDLE_PLUGIN(dataset, Idx, "idx", "images from files in IDX format, as MNIST's");
