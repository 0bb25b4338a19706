#include "experiment/spec_layers.hpp"
#include "experiment/spec_sections.hpp"
#include "experiment/yaml.hpp"
#include "fuzz/input_file.hpp"

#include <string>
#include <vector>

using namespace saddle;

namespace {

// Writing is the inverse of reading.
void check_round_trip(const Value& root) {
  const std::string text = write_yaml(root);
  if (write_yaml(parse_yaml(text, "written")) != text) std::abort();
}

void read_sections(const Value& root, const Schema& schema) {
  Problems problems("spec");
  SpecSections sections;
  sections.name = "fuzz";
  read_mapping(root, {{&schema, &sections}}, {"the spec", "key", ""}, problems);
  check_sections(sections, root, problems);
  check_optimizers(sections.train, {"bce"}, root, problems);
  problems.throw_if_any();
  check_round_trip(write_mapping(schema, &sections));
}

}  // namespace

// A spec, as far as it can be read without plugins; after a byte 0, which no text holds, come
// overrides of the command line, divided by more of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Schema schema = Schema::of<SpecSections>();
  const std::string_view input = fuzz::view(data, size);
  std::vector<std::string> overrides;
  std::size_t end = input.find('\0');
  const std::string text(input.substr(0, end));
  while (end != std::string_view::npos) {
    const std::size_t begin = end + 1;
    end = input.find('\0', begin);
    overrides.emplace_back(input.substr(begin, end - begin));
  }
  return fuzz::try_to([&] {
    const LayeredSpec layers = read_layers_of_text(text, "spec", overrides, schema);
    check_round_trip(layers.root);
    read_sections(layers.root, schema);
  });
}
