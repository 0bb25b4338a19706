#include <saddle/io/idx.hpp>

#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// Three digits drawn at random and stacked as the channels of one image [28, 28, 3], the test with
// 1,000 modes of VEEGAN (Srivastava et al. 2017) and PacGAN (Lin et al. 2018). The class is the
// number that the digits make: 100 a + 10 b + c.
class StackedMnist final : public Dataset {
 public:
  struct Options {
    std::string images = "mnist/train-images-idx3-ubyte.gz";
    std::string labels = "mnist/train-labels-idx1-ubyte.gz";
    std::size_t points = 128000;
    std::string scale = "symmetric";
    static void describe(Schema& s) {
      s.field(&Options::images, "images", "the file of the digits, in IDX format");
      s.field(&Options::labels, "labels", "the file of their labels");
      s.field(&Options::points, "points", "training samples, drawn once; as many for tests")
          .range(1, 1 << 28);
      s.field(&Options::scale, "scale",
              "of the pixels: unit for [0, 1] as published, symmetric for [-1, 1]")
          .choices({"unit", "symmetric"});
    }
  };
  static std::vector<std::string> offers(const Options&) { return {"labels"}; }

  StackedMnist(const Options& options, const DataSource& source)
      : options_(options),
        images_(read_idx(find(options.images, source))),
        digits_(read_idx(find(options.labels, source))),
        train_(source.stream().child("train")),
        test_(source.stream().child("test")) {
    if (images_.shape.size() != 3 || images_.bytes.empty())
      throw DataError(options.images + ": expected images [n, rows, columns], found an array of " +
                      std::to_string(images_.shape.size()) + " dimensions.");
    if (digits_.shape.size() != 1 || digits_.shape[0] != images_.shape[0])
      throw DataError(options.labels + ": expected a label for each of " +
                      std::to_string(images_.shape[0]) + " images.");
    for (const std::uint8_t digit : digits_.bytes)
      if (digit > 9)
        throw DataError(options.labels + ": expected digits 0 to 9, found " +
                        std::to_string(int{digit}) + ".");
  }

  Shape sample_shape() const override { return {images_.shape[1], images_.shape[2], 3}; }
  std::size_t size(Split) const override { return options_.points; }
  std::size_t classes() const override { return 1000; }
  std::string scaling() const override {
    return options_.scale == "unit" ? "x / 255" : "x / 127.5 - 1";
  }

  Tensor samples(Split split, const Indices& indices) const override {
    const std::size_t pixels = images_.shape[1] * images_.shape[2];
    const double factor = options_.scale == "unit" ? 255 : 127.5;
    const double offset = options_.scale == "unit" ? 0 : 1;
    Tensor out = empty(with_rows(indices.size(), sample_shape()));
    for (std::size_t row = 0; row < indices.size(); ++row)
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const std::uint8_t* image =
            images_.bytes.data() + drawn(split, indices[row], channel) * pixels;
        for (std::size_t i = 0; i < pixels; ++i)
          out.data()[(row * pixels + i) * 3 + channel] =
              static_cast<Scalar>(image[i] / factor - offset);
      }
    return out;
  }

  Labels labels(Split split, const Indices& indices) const override {
    Labels found;
    for (const std::size_t index : indices) {
      std::int32_t number = 0;
      for (std::size_t channel = 0; channel < 3; ++channel)
        number = 10 * number + digits_.bytes[drawn(split, index, channel)];
      found.push_back(number);
    }
    return found;
  }

 private:
  static std::string find(const std::string& path, const DataSource& source) {
    return source.find(
        path, "Run data/fetch_mnist.sh, or set SADDLE_DATA_DIR to the folder that holds mnist/.");
  }

  // Which digit is stacked as a channel of a sample.
  std::size_t drawn(Split split, std::size_t index, std::size_t channel) const {
    const RandomStream& stream = split == Split::train ? train_ : test_;
    return stream.at(0, static_cast<std::uint16_t>(channel))
        .below(static_cast<std::uint32_t>(index), images_.shape[0]);
  }

  Options options_;
  IdxArray images_, digits_;
  RandomStream train_, test_;
};

}  // namespace

SADDLE_PLUGIN(dataset, StackedMnist, "stacked-mnist", "three MNIST digits as one colour image");
