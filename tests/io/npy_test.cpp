#include <saddle/base/error.hpp>
#include <saddle/io/npy.hpp>

#include "error_text.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <limits>

using saddle::DataError;
using saddle::NumberArray;
using saddle::read_npy;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

// A file as numpy.save writes it.
std::string npy(const std::string& descr, const std::string& shape, const std::string& data,
                const std::string& order = "False") {
  std::string header =
      "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::string text("\x93NUMPY\x01\x00", 8);
  text += static_cast<char>(header.size() & 255);
  text += static_cast<char>(header.size() >> 8);
  return text + header + data;
}

template <class T>
std::string bytes_of(std::initializer_list<T> values) {
  std::string text;
  for (const T value : values) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof value);
    text.append(raw, sizeof value);
  }
  return text;
}

NumberArray read(const std::string& content) {
  const TemporaryFolder folder;
  return read_npy(folder.file("x.npy", content));
}

// What reading a file of these bytes says after "<path>: ".
std::string complaint(const std::string& content) {
  const TemporaryFolder folder;
  const std::string path = folder.file("x.npy", content);
  const std::string text = error_text<DataError>([&] { read_npy(path); });
  REQUIRE(text.substr(0, path.size() + 2) == path + ": ");
  return text.substr(path.size() + 2);
}

}  // namespace

TEST_CASE("Arrays of floats and integers of every width are read") {
  const NumberArray floats = read(npy("<f4", "(2, 3)", bytes_of<float>({1, -2, 3.5F, 4, 5, 6})));
  CHECK(floats.shape == std::vector<std::uint64_t>{2, 3});
  CHECK(floats.values == std::vector<double>{1, -2, 3.5, 4, 5, 6});
  CHECK(read(npy("<f8", "(1,)", bytes_of<double>({0.1}))).values[0] == 0.1);
  CHECK(read(npy("|u1", "(2,)", bytes_of<std::uint8_t>({7, 255}))).values ==
        std::vector<double>{7, 255});
  CHECK(read(npy("<i2", "(2,)", bytes_of<std::int16_t>({-7, 300}))).values ==
        std::vector<double>{-7, 300});
  CHECK(read(npy("<i8", "(1,)", bytes_of<std::int64_t>({-9000000000}))).values[0] == -9e9);
  CHECK(read(npy(">i2", "(1,)", std::string("\x01\x02", 2))).values[0] == 258);
  CHECK(read(npy("<f4", "(0, 3)", "")).values.empty());
}

TEST_CASE("Arrays in Fortran order are turned to C order") {
  const auto of_bytes = [](const std::string& shape, const std::string& data) {
    return read(npy("|u1", shape, data, "True"));
  };
  const NumberArray matrix = of_bytes("(2, 3)", {1, 4, 2, 5, 3, 6});
  CHECK(matrix.shape == std::vector<std::uint64_t>{2, 3});
  CHECK(matrix.values == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(of_bytes("(2, 3, 2)", {0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11}).values ==
        std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  CHECK(of_bytes("(2, 1, 3)", {1, 4, 2, 5, 3, 6}).values == matrix.values);
  CHECK(read(npy(">f4", "(2, 2)", std::string("\x3f\x80\0\0\x40\x40\0\0\x40\0\0\0\x40\x80\0\0", 16),
                 "True"))
            .values == std::vector<double>{1, 2, 3, 4});
  CHECK(of_bytes("(3,)", {1, 2, 3}).values == std::vector<double>{1, 2, 3});
  CHECK(of_bytes("()", {7}).values == std::vector<double>{7});
  CHECK(of_bytes("(0, 3)", "").values.empty());
}

TEST_CASE("Floats of 2 bytes keep their exact values") {
  const auto half = [](std::uint16_t bits) {
    return read(npy("<f2", "(1,)", bytes_of<std::uint16_t>({bits}))).values[0];
  };
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  CHECK(half(0x3c00) == 1);
  CHECK(half(0xc000) == -2);
  CHECK(half(0x3555) == 0.333251953125);
  CHECK(half(0x7bff) == 65504);
  CHECK(half(0x0400) == 6.103515625e-05);
  CHECK(half(0x03ff) == 6.097555160522461e-05);
  CHECK(half(0x0001) == 5.960464477539063e-08);
  CHECK(half(0x0000) == 0);
  CHECK((half(0x8000) == 0 && std::signbit(half(0x8000))));
  CHECK(half(0x7c00) == kInfinity);
  CHECK(half(0xfc00) == -kInfinity);
  CHECK(std::isnan(half(0x7e00)));
  CHECK(std::isnan(half(0x7c01)));
  CHECK(read(npy(">f2", "(2,)", std::string("\x3c\0\x80\x01", 4))).values ==
        std::vector<double>{1, -5.960464477539063e-08});
}

TEST_CASE("Truncated, overlong and foreign files are refused with their place") {
  const std::string whole = npy("<f4", "(2, 2)", bytes_of<float>({1, 2, 3, 4}));
  CHECK(complaint(whole.substr(0, whole.size() - 3)) ==
        "byte " + std::to_string(whole.size() - 3) +
            ": the file ends after 13 of the 16 bytes that its shape [2, 2] announces.");
  CHECK(complaint(whole + "x") == "byte " + std::to_string(whole.size()) +
                                      ": expected the end of the file after the data of shape "
                                      "[2, 2], found more.");
  CHECK(complaint(whole.substr(0, 20)) ==
        "byte 20: the file ends within the header of the npy format.");
  CHECK(complaint("not an array") ==
        "byte 0: expected an npy file, as numpy.save writes it. Is this another kind of file?");
}

TEST_CASE("Arrays that are not plain numbers are refused") {
  for (const char* type : {"<U4", "<f1", "<f16", "<c8"})
    CHECK(complaint(npy(type, "(2,)", "")) ==
          "byte 10: expected integers or floats, found the type '" + std::string(type) + "'.");
}

TEST_CASE("An array in Fortran order is held to its shape and to the limit") {
  CHECK(complaint(npy("|u1", "(2, 3)", "12345", "True")).find("the file ends after 5 of the 6") !=
        std::string::npos);
  CHECK(complaint(npy("<f2", "(4000000000, 2)", "", "True")).find("makes more than 536870912") !=
        std::string::npos);
}

TEST_CASE("A header that announces more than is read costs no memory") {
  CHECK(complaint(npy("<f4", "(4000000000, 4000000000)", "")) ==
        "byte 10: the shape [4000000000, 4000000000] makes more than 536870912 numbers, the "
        "most that is read.");
  CHECK(complaint(npy("<f4", "(500000000,)", "1234")).find("the file ends after 4 of the") !=
        std::string::npos);
}

TEST_CASE("A shape that is no list of sizes is refused, not guessed at") {
  const std::string refused = "byte 10: expected a header with descr, fortran_order and shape";
  for (const char* shape : {"(12345678901234567890123,)", "(2 3)", "(2,, 3)", "(-1,)", "2, 3"})
    CHECK(complaint(npy("|u1", shape, "123456")).find(refused) == 0);
  CHECK(read(npy("|u1", "( 2,3 ,)", "123456")).shape == std::vector<std::uint64_t>{2, 3});
  CHECK(read(npy("|u1", "()", "1")).shape.empty());
}

TEST_CASE("A header of one long text is refused") {
  CHECK(complaint(npy(std::string(4000, 'x'), "(1,)", "")) ==
        "byte 10: expected integers or floats, found the type '" + std::string(4000, 'x') + "'.");
}
