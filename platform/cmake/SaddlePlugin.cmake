# saddle_add_plugin(KIND NAME [SOURCE...]): builds the library KIND-NAME.so, by default from
# <name>.cpp. In the tree and outside of it, through find_package(Saddle), the call is the same.
function(saddle_add_plugin kind name)
  set(sources ${ARGN})
  if(NOT sources)
    string(REPLACE "-" "_" stem ${name})
    set(sources ${stem}.cpp)
  endif()
  set(target ${kind}-${name})
  add_library(${target} MODULE ${sources})
  target_link_libraries(${target} PRIVATE Saddle::saddle)
  target_link_options(${target} PRIVATE -Wl,--no-undefined)
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME ${target}
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
