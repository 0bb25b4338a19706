#include "plugin/build_check.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using namespace std::string_view_literals;

namespace {

BuildId example() {
  BuildId build;
  build.sdk = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"sv;
  build.compiler = "gcc 12"sv;
  build.standard_library = "libstdc++ cxx11"sv;
  build.cxx_standard = "17"sv;
  build.instruction_set = "avx2+fma"sv;
  build.scalar = "float"sv;
  build.sanitizer = "none"sv;
  build.xtensor = "0.24.3+xsimd"sv;
  return build;
}

}  // namespace

TEST_CASE("A build does not differ from itself") {
  CHECK(differences(example(), example()).empty());
  CHECK(differences(host_build(), kBuildId).empty());
}

TEST_CASE("Every field that differs is named with both sides") {
  BuildId other;
  other.sdk = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"sv;
  other.compiler = "clang 14"sv;
  other.standard_library = "libstdc++ before cxx11"sv;
  other.cxx_standard = "20"sv;
  other.instruction_set = "sse2"sv;
  other.scalar = "double"sv;
  other.sanitizer = "address"sv;
  other.xtensor = "0.25.0"sv;
  CHECK(differences(other, example()) ==
        std::vector<std::string>{
            "SDK fedcba987654 (host 0123456789ab)", "compiler clang 14 (host gcc 12)",
            "standard library libstdc++ before cxx11 (host libstdc++ cxx11)",
            "C++ standard 20 (host 17)", "instruction set sse2 (host avx2+fma)",
            "scalar double (host float)", "sanitizer address (host none)",
            "xtensor 0.25.0 (host 0.24.3+xsimd)"});
}

TEST_CASE("The build of this host is what its compiler and settings say") {
  CHECK(host_build().sdk.view().size() == 64);
  CHECK(host_build().compiler.view() == "gcc " + std::to_string(__GNUC__));
  CHECK(host_build().standard_library.view() == "libstdc++ cxx11");
  CHECK(host_build().cxx_standard.view() == "17");
  CHECK(host_build().scalar.view() == (sizeof(SADDLE_SCALAR) == 4 ? "float" : "double"));
  CHECK(host_build().sanitizer.view() == (SADDLE_SANITIZER[0] == '\0' ? "none" : "address"));
}

TEST_CASE("All differences of all notes of a library stand in one message, each once") {
  PluginNote first, second;
  first.build = second.build = host_build();
  CHECK(build_mismatch("generator-dcgan.so", {first, second}) == "");
  first.build.compiler = "gcc 99"sv;
  second.build.compiler = "gcc 99"sv;
  second.build.scalar = "half"sv;
  const std::string host_compiler(host_build().compiler.view());
  const std::string host_scalar(host_build().scalar.view());
  CHECK(build_mismatch("generator-dcgan.so", {first, second}) ==
        "generator-dcgan.so was built for another host: compiler gcc 99 (host " + host_compiler +
            "), scalar half (host " + host_scalar + "). Rebuild it.");
}
