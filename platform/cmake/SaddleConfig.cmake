include(CMakeFindDependencyMacro)
find_dependency(xtensor)
find_dependency(xsimd)

include(${CMAKE_CURRENT_LIST_DIR}/SaddleTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/SaddlePlugin.cmake)

# A plugin is built as its host was, unless it asks for something else.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
