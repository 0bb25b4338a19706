# What a build may choose. The choices that change what a plugin sees are part of the build id.
set(SADDLE_SCALAR float CACHE STRING "the number type of tensors: float or double")
set(SADDLE_SANITIZER "" CACHE STRING "address: build with the address and undefined sanitizers")
set(SADDLE_MARCH x86-64-v3 CACHE STRING "the instruction set of the host and of its plugins")
option(SADDLE_TESTS "build the tests" ON)
option(SADDLE_FUZZ "build the fuzz targets, with clang" OFF)
option(SADDLE_WERROR "treat warnings as errors" OFF)

set_property(CACHE SADDLE_SCALAR PROPERTY STRINGS float double)
if(NOT SADDLE_SCALAR MATCHES "^(float|double)$")
  message(FATAL_ERROR "SADDLE_SCALAR is '${SADDLE_SCALAR}'; expected float or double.")
endif()
if(SADDLE_FUZZ AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "SADDLE_FUZZ needs clang, found ${CMAKE_CXX_COMPILER_ID}. "
                      "Set CMAKE_CXX_COMPILER to clang++.")
endif()
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Warnings and speed of the project's own code; users of the exported target are free of them.
# Neither speed flag changes a result: math functions need not set errno, and no code here traps
# floating point exceptions.
add_library(saddle_flags INTERFACE)
target_compile_options(saddle_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  $<$<BOOL:${SADDLE_WERROR}>:-Werror>
  $<$<CONFIG:Release>:-O3>
  -fno-math-errno -fno-trapping-math
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>  # so that the cache sees through precompiled headers
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
