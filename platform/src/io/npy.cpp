#include <saddle/io/npy.hpp>

#include <saddle/base/error.hpp>

#include "io/gzip.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

namespace saddle {
namespace {

constexpr std::uint64_t kMostNumbers = std::uint64_t{1} << 29;
constexpr std::size_t kMostHeader = 4096;

[[noreturn]] void fail(const ByteSource& source, std::uint64_t position, const std::string& what) {
  throw DataError(source.path() + ": " + source.place(position) + ": " + what);
}

void read_exactly(ByteSource& source, void* out, std::size_t count) {
  if (source.read(out, count) < count)
    fail(source, source.position(), "the file ends within the header of the npy format.");
}

// The text of the header: a Python dictionary.
std::string read_header(ByteSource& source) {
  std::array<unsigned char, 8> start{};
  if (source.read(start.data(), 8) < 8 || std::memcmp(start.data(), "\x93NUMPY", 6) != 0)
    fail(source, 0, "expected an npy file, as numpy.save writes it. Is this another kind of file?");
  if (start[6] != 1 && start[6] != 2 && start[6] != 3)
    fail(source, 6,
         "expected version 1, 2 or 3 of the npy format, found " + std::to_string(int{start[6]}) +
             ".");
  std::array<unsigned char, 4> length{};
  read_exactly(source, length.data(), start[6] == 1 ? 2 : 4);
  std::size_t size = 0;
  for (std::size_t i = 4; i-- > 0;) size = size << 8 | length[i];
  if (size > kMostHeader)
    fail(source, 8,
         "its header announces " + std::to_string(size) + " bytes; at most " +
             std::to_string(kMostHeader) + " are read.");
  std::string header(size, '\0');
  read_exactly(source, header.data(), size);
  return header;
}

// The type of the elements: kind i, u, f or b, and width in bytes.
struct Type {
  char kind;
  std::size_t width;
  bool big_endian;
};

struct Description {
  Type type;
  std::vector<std::uint64_t> shape;
  bool fortran_order;  // the first axis varies fastest
};

// Takes the header apart; what a user may have written is at most text after a key.
class HeaderReader {
 public:
  HeaderReader(const ByteSource& source, const std::string& header)
      : source_(source), header_(header) {}

  // The characters after "'key': <open>" and before the next `close`.
  std::string text(const std::string& key, char open, char close) const {
    const std::size_t begin = value_of(key) + 1;
    if (header_[begin - 1] != open) refuse();
    const std::size_t end = header_.find(close, begin);
    if (end == std::string::npos) refuse();
    return header_.substr(begin, end - begin);
  }

  bool truth(const std::string& key) const {
    const std::size_t begin = value_of(key);
    if (header_.compare(begin, 4, "True") == 0) return true;
    if (header_.compare(begin, 5, "False") != 0) refuse();
    return false;
  }

  [[noreturn]] void refuse() const {
    fail(source_, 10,
         "expected a header with descr, fortran_order and shape of a plain array, found " +
             header_.substr(0, 60) + ".");
  }

 private:
  // Where the value of a key begins.
  std::size_t value_of(const std::string& key) const {
    const std::string quoted = "'" + key + "'";
    const std::size_t at = header_.find(quoted);
    const std::size_t colon = at == std::string::npos ? at : past_spaces(at + quoted.size());
    if (colon == std::string::npos || header_[colon] != ':') refuse();
    const std::size_t value = past_spaces(colon + 1);
    if (value == std::string::npos) refuse();
    return value;
  }
  std::size_t past_spaces(std::size_t from) const {
    return header_.find_first_not_of(" \t\r\n", from);
  }

  const ByteSource& source_;
  const std::string& header_;
};

// "60000, 28, 28", "3," or nothing.
std::vector<std::uint64_t> sizes_of(const std::string& text, const HeaderReader& header) {
  std::vector<std::uint64_t> sizes;
  const char *at = text.data(), *const end = at + text.size();
  const auto pass_spaces = [&] { at = std::find_if(at, end, [](char c) { return c != ' '; }); };
  for (pass_spaces(); at != end; pass_spaces()) {
    std::uint64_t size = 0;
    const auto [stop, error] = std::from_chars(at, end, size);
    if (error != std::errc()) header.refuse();
    sizes.push_back(size);
    at = stop;
    pass_spaces();
    if (at != end && *at++ != ',') header.refuse();
  }
  return sizes;
}

bool is_number_type(const std::string& descr) {
  const auto holds = [&](std::size_t at, std::string_view characters) {
    return characters.find(descr[at]) != std::string_view::npos;
  };
  return descr.size() == 3 && holds(0, "<>|=") && holds(1, "iufb") &&
         holds(2, descr[1] == 'f' ? "248" : "1248");
}

Description describe(const ByteSource& source, const std::string& text) {
  const HeaderReader header(source, text);
  const std::string descr = header.text("descr", '\'', '\'');
  const bool fortran = header.truth("fortran_order");
  const std::vector<std::uint64_t> shape = sizes_of(header.text("shape", '(', ')'), header);
  if (!is_number_type(descr))
    fail(source, 10, "expected integers or floats, found the type '" + descr + "'.");
  return {{descr[1], static_cast<std::size_t>(descr[2] - '0'), descr[0] == '>'}, shape, fortran};
}

template <class T>
double as(const std::uint64_t bits, std::size_t width) {
  T value{};
  std::memcpy(&value, &bits, width);
  return static_cast<double>(value);
}

// IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. A double holds each exactly.
double from_half(std::uint64_t bits) {
  const int exponent = static_cast<int>(bits >> 10 & 31);
  const auto fraction = static_cast<double>(bits & 1023);
  double size =
      exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  if (exponent == 31)
    size = fraction == 0 ? std::numeric_limits<double>::infinity()
                         : std::numeric_limits<double>::quiet_NaN();
  return (bits & 0x8000) != 0 ? -size : size;
}

double to_float(std::uint64_t bits, std::size_t width) {
  if (width == 2) return from_half(bits);
  return width == 4 ? as<float>(bits, 4) : as<double>(bits, 8);
}

double to_number(const unsigned char* bytes, const Type& type) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < type.width; ++i)
    bits |= std::uint64_t{bytes[type.big_endian ? type.width - 1 - i : i]} << (8 * i);
  if (type.kind == 'f') return to_float(bits, type.width);
  if (type.kind != 'i') return static_cast<double>(bits);
  const std::size_t unused = 64 - 8 * type.width;
  return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
}

// The number of elements, or nothing where they are more than is read.
std::optional<std::uint64_t> element_count(const Description& description) {
  std::uint64_t count = 1;
  for (const std::uint64_t size : description.shape) {
    if (size != 0 && count > kMostNumbers / size) return std::nullopt;
    count *= size;
  }
  return count;
}

// The numbers of an array, from Fortran order to C order.
std::vector<double> in_c_order(const std::vector<double>& stored,
                               const std::vector<std::uint64_t>& shape) {
  struct Axis {
    std::uint64_t size, stride, place;
  };
  std::vector<Axis> axes;
  std::uint64_t stride = 1;
  for (const std::uint64_t size : shape) {
    // A header has room for thousands of axes of size 1, which each number would have to pass.
    if (size > 1) axes.push_back({size, stride, 0});
    stride *= size;
  }
  std::vector<double> ordered(stored.size());
  std::uint64_t from = 0;
  for (double& value : ordered) {
    value = stored[from];
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
      from += axis->stride;
      if (++axis->place < axis->size) break;
      from -= axis->stride * axis->size;
      axis->place = 0;
    }
  }
  return ordered;
}

}  // namespace

NumberArray read_npy(const std::string& path) {
  ByteSource source(path);
  const Description description = describe(source, read_header(source));
  const Type& type = description.type;
  const auto count = element_count(description);
  if (!count)
    fail(source, 10,
         "the shape " + shape_text(description.shape) + " makes more than " +
             std::to_string(kMostNumbers) + " numbers, the most that is read.");
  NumberArray array{description.shape, {}};
  const std::uint64_t start = source.position();
  std::vector<unsigned char> block(type.width * std::clamp<std::uint64_t>(*count, 1, 65536));
  while (array.values.size() < *count) {
    const std::size_t wanted =
        type.width * std::min<std::uint64_t>(65536, *count - array.values.size());
    const std::size_t got = source.read(block.data(), wanted);
    for (std::size_t i = 0; i + type.width <= got; i += type.width)
      array.values.push_back(to_number(block.data() + i, type));
    if (got < wanted)
      fail(source, source.position(),
           "the file ends after " + std::to_string(source.position() - start) + " of the " +
               std::to_string(*count * type.width) + " bytes that its shape " +
               shape_text(description.shape) + " announces.");
  }
  if (source.read(block.data(), 1) > 0)
    fail(source, start + *count * type.width,
         "expected the end of the file after the data of shape " + shape_text(description.shape) +
             ", found more.");
  if (description.fortran_order) array.values = in_c_order(array.values, array.shape);
  return array;
}

}  // namespace saddle
