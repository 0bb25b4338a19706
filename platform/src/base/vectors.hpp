#pragma once

// Vectors of numbers that are computed with at once, xsimd::batch<T>, and their mathematics.
#include <xsimd/xsimd.hpp>
