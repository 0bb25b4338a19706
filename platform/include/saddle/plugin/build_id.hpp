#pragma once

#include <saddle/build_id.hpp>
#include <saddle/tensor/xtensor_version.hpp>

#include <cstddef>
#include <stdexcept>
#include <string_view>

#define SADDLE_TEXT_OF_TOKENS(tokens) #tokens
#define SADDLE_TEXT_OF(macro) SADDLE_TEXT_OF_TOKENS(macro)

namespace saddle {

// At most N - 1 bytes of text, padded with zeros. No pointers: it is written into files as it is.
template <std::size_t N>
struct FixedText {
  char bytes[N] = {};

  constexpr FixedText() = default;
  // Throws std::length_error, which stops the compilation where a constant is made.
  constexpr FixedText(std::string_view text) {
    if (text.size() >= N) throw std::length_error("a text of a plugin note is too long");
    for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = text[i];
  }

  // Up to the first zero; all N bytes where a damaged file holds no zero.
  constexpr std::string_view view() const {
    std::size_t length = 0;
    while (length < N && bytes[length] != '\0') ++length;
    return std::string_view(bytes, length);
  }
};

// Everything that shapes the types that a host and its plugins share. Both must agree on each
// field.
struct BuildId {
  FixedText<68> sdk;  // sha256 of the SDK headers, hexadecimal
  FixedText<16> compiler;
  FixedText<40> standard_library;
  FixedText<12> cxx_standard;
  FixedText<56> instruction_set;
  FixedText<16> scalar;
  FixedText<28> sanitizer;
  FixedText<20> xtensor;
};

#if defined(__clang__)
#define SADDLE_COMPILER "clang " SADDLE_TEXT_OF(__clang_major__)
#elif defined(__GNUC__)
#define SADDLE_COMPILER "gcc " SADDLE_TEXT_OF(__GNUC__)
#else
#error "Saddle plugins are built with gcc or clang."
#endif

#if !defined(__GLIBCXX__)
#define SADDLE_STANDARD_LIBRARY "other than libstdc++"
#elif _GLIBCXX_USE_CXX11_ABI
#define SADDLE_STANDARD_LIBRARY "libstdc++ cxx11"
#else
#define SADDLE_STANDARD_LIBRARY "libstdc++ before cxx11"
#endif
#ifdef _GLIBCXX_DEBUG
#define SADDLE_CONTAINERS " debug"
#else
#define SADDLE_CONTAINERS ""
#endif

#if __cplusplus == 201703L
#define SADDLE_CXX_STANDARD "17"
#elif __cplusplus == 202002L
#define SADDLE_CXX_STANDARD "20"
#else
#define SADDLE_CXX_STANDARD SADDLE_TEXT_OF(__cplusplus)
#endif

// The widest vectors, and the extensions that do not follow from them.
#if defined(__AVX512F__)
#define SADDLE_VECTORS "avx512f"
#elif defined(__AVX2__)
#define SADDLE_VECTORS "avx2"
#elif defined(__AVX__)
#define SADDLE_VECTORS "avx"
#elif defined(__SSE4_2__)
#define SADDLE_VECTORS "sse4.2"
#elif defined(__SSE4_1__)
#define SADDLE_VECTORS "sse4.1"
#elif defined(__SSSE3__)
#define SADDLE_VECTORS "ssse3"
#elif defined(__SSE3__)
#define SADDLE_VECTORS "sse3"
#elif defined(__SSE2__)
#define SADDLE_VECTORS "sse2"
#else
#define SADDLE_VECTORS "none"
#endif
#ifdef __FMA__
#define SADDLE_FMA "+fma"
#else
#define SADDLE_FMA ""
#endif
#ifdef __AVX512CD__
#define SADDLE_AVX512CD "+avx512cd"
#else
#define SADDLE_AVX512CD ""
#endif
#ifdef __AVX512DQ__
#define SADDLE_AVX512DQ "+avx512dq"
#else
#define SADDLE_AVX512DQ ""
#endif
#ifdef __AVX512BW__
#define SADDLE_AVX512BW "+avx512bw"
#else
#define SADDLE_AVX512BW ""
#endif

#define SADDLE_XTENSOR                  \
  SADDLE_TEXT_OF(XTENSOR_VERSION_MAJOR) \
  "." SADDLE_TEXT_OF(XTENSOR_VERSION_MINOR) "." SADDLE_TEXT_OF(XTENSOR_VERSION_PATCH)
// With xsimd the alignment of a tensor, and so its type, follows the instruction set.
#ifdef XTENSOR_USE_XSIMD
#define SADDLE_XSIMD "+xsimd"
#else
#define SADDLE_XSIMD ""
#endif

// The build as this translation unit sees it: a constant of its own in each (internal linkage).
constexpr BuildId kBuildId = {
    std::string_view(SADDLE_SDK_DIGEST),
    std::string_view(SADDLE_COMPILER),
    std::string_view(SADDLE_STANDARD_LIBRARY SADDLE_CONTAINERS),
    std::string_view(SADDLE_CXX_STANDARD),
    std::string_view(SADDLE_VECTORS SADDLE_FMA SADDLE_AVX512CD SADDLE_AVX512DQ SADDLE_AVX512BW),
    std::string_view(SADDLE_TEXT_OF(SADDLE_SCALAR)),
    std::string_view(SADDLE_SANITIZER).empty() ? std::string_view("none") : SADDLE_SANITIZER,
    std::string_view(SADDLE_XTENSOR SADDLE_XSIMD)};

}  // namespace saddle

#undef SADDLE_COMPILER
#undef SADDLE_STANDARD_LIBRARY
#undef SADDLE_CONTAINERS
#undef SADDLE_CXX_STANDARD
#undef SADDLE_VECTORS
#undef SADDLE_FMA
#undef SADDLE_AVX512CD
#undef SADDLE_AVX512DQ
#undef SADDLE_AVX512BW
#undef SADDLE_XTENSOR
#undef SADDLE_XSIMD
#undef SADDLE_TEXT_OF
#undef SADDLE_TEXT_OF_TOKENS
