#include <saddle/base/hash.hpp>

#include "experiment/checkpoint.hpp"
#include "fuzz/input_file.hpp"
#include "fuzz/made_file.hpp"

using namespace saddle;
using hdf5::Element;

namespace {

constexpr std::size_t kBlock = 512;
constexpr std::uint8_t kBlockSlot = 199;  // no object has it

// The block before the HDF5 file, true to it but for an edit.
std::string block(const std::string& image, fuzz::Bytes* edit) {
  std::string text = "saddle-checkpoint 1\nsha256 " + sha256_hex(image) + "\nstep 2\n";
  text.resize(kBlock, '\n');
  if (edit == nullptr) return text;
  const std::size_t at = edit->next() % 128u;
  text[at] = static_cast<char>(edit->next());
  if (edit->next() % 2 != 0) text.resize(at);
  return text;
}

void make_image(std::string_view input, const std::string& path) {
  fuzz::MadeFile made(input, path);
  made.attribute("format", std::string("saddle-checkpoint"));
  made.attribute("format_version", std::int64_t{1});
  made.attribute("name", std::string("fuzz"));
  made.attribute("seed", std::uint64_t{1});
  made.attribute("created", std::string("2024-01-02T03:04:05Z"));
  made.attribute("saddle_version", std::string("0.1.0"));
  made.scalar("spec/source", std::string("name: fuzz\n"));
  made.scalar("spec/resolved", std::string("name: fuzz\n"));
  made.scalar("provenance/compiler", std::string("clang"));
  made.scalar("step", std::int64_t{2});
  made.numbers("tensors/generator/parameters/body.weight", Element::float32, {2, 3},
               {0, 1, 2, 3, 4, 5});
  made.numbers("tensors/average/body.weight", Element::float32, {2}, {0, 1});
  made.scalar("tensors/losses/scale", 1.0);
  made.scalar("numbers/rate-scale", 1.0);
  made.scalar("numbers/losses/generator", 0.5);
  made.extras({"/", "tensors", "tensors/average", "numbers", "numbers/losses"});
}

std::string made_checkpoint(std::string_view input) {
  static const fuzz::InputFile file;
  make_image(input, file.path());
  fuzz::Edits edits(input);
  const std::string image = file.content();
  return block(image, edits.of(kBlockSlot)) + image;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes = made_checkpoint(fuzz::view(data, size));
  return fuzz::try_to([&] {
    const Checkpoint checkpoint = parse_checkpoint(bytes, "checkpoint");
    for (const auto& [name, tensor] : checkpoint.state.tensors) {
      double sum = 0;
      for (const Scalar value : tensor) sum += static_cast<double>(value);
      if (sum == 0.5) checkpoint.state.tensor(name, {2, 3});
    }
    checkpoint.state.tensor("generator/parameters/body.weight", {2, 3});
    checkpoint.state.numbers_below("losses");
    checkpoint.state.number("rate-scale");
  });
}
