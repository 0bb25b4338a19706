#pragma once

#include <saddle/base/error.hpp>

#include <exception>
#include <new>
#include <string>

namespace saddle {

// Errors that already name the plugin, so that outer calls leave them as they are.
class AttributedPluginError final : public PluginError {
 public:
  using PluginError::PluginError;
};
class AttributedDataError final : public DataError {
 public:
  using DataError::DataError;
};

// Runs code of a plugin. What it throws becomes a PluginError (DataError stays one) that names
// `who`, as "generator 'mlp' (forward, step 3)".
template <class Call>
auto guarded(const std::string& who, Call call) {
  try {
    return call();
  } catch (const AttributedPluginError&) {
    throw;
  } catch (const AttributedDataError&) {
    throw;
  } catch (const DivergedError&) {
    throw;
  } catch (const SpecError&) {
    // A mistake in the options, which the constructor explains.
    throw;
  } catch (const DataError& error) {
    throw AttributedDataError(who + ": " + error.what());
  } catch (const std::bad_alloc&) {
    throw AttributedDataError(who + ": there is not enough memory. Take smaller sizes.");
  } catch (const std::exception& error) {
    throw AttributedPluginError(who + " failed: " + error.what());
  } catch (...) {
    throw AttributedPluginError(who + " failed: it threw something that is no std::exception");
  }
}

}  // namespace saddle
