#pragma once

#include "io/hdf5.hpp"

#include <hdf5.h>

#include <functional>
#include <string>

// Shared by the files of the door to HDF5 alone.
namespace saddle::hdf5 {

// Keeps the library from printing its errors to stderr. It does so per thread.
void silence();

// Throws DataError "<where>: <what>: <reason>.", the reason being that of the last call.
[[noreturn]] void fail(const std::string& where, const std::string& what);

// Remembers why an object could not be closed: its file cannot be closed either, which comes later.
void remember_reason();
// fail() with the reason that was remembered last.
[[noreturn]] void fail_as_remembered(const std::string& where, const std::string& what);

// "runs/a/run.h5: /losses/step"
std::string where(const Object& object);

template <typename Result>
Result check(Result result, const Object& object, const char* what) {
  if (result < 0) fail(where(object), what);
  return result;
}

// Types of the library, not to be closed.
Id native_type(Element element);
Id stored_type(Element element);
Handle text_type();

// A scalar dataspace.
Handle one();

// The one value of an attribute or dataset called `name`, whose type and space in the file are
// given; `read` takes the type in memory and where to put the value.
using ReadValue = std::function<herr_t(Id type, void* out)>;
Scalar read_scalar(const std::string& name, const Handle& type, const Handle& space,
                   const ReadValue& read);
// Calls `put` with the value's type in the file, its type in memory, and its address.
using PutValue = std::function<void(Id stored, Id native, const void* value)>;
void put_scalar(const Scalar& value, const PutValue& put);

}  // namespace saddle::hdf5
