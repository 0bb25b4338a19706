#pragma once

// Marks a class whose type information is shared between the host and its plugins: exceptions and
// base classes with virtual functions. Plugins are built with hidden visibility.
#define SADDLE_API __attribute__((visibility("default")))
