#pragma once

// The version macros of xtensor (XTENSOR_VERSION_MAJOR, _MINOR, _PATCH), without its containers:
// only headers below saddle/tensor/ include xtensor.
#include <xtensor/xtensor_config.hpp>
