#pragma once

#include <saddle/base/error.hpp>

#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>

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

// A plugin at work, as messages name it: "generator 'mlp' (forward, step 3)". What it is made of
// must outlive it; text() is for where a message is made, not for each step.
class Who {
 public:
  Who(const std::string& plugin) : plugin_(plugin) {}
  Who(std::string_view plugin, const char* work, std::optional<std::int64_t> step = {})
      : plugin_(plugin), work_(work), step_(step) {}

  std::string text() const {
    std::string text(plugin_);
    if (!work_) return text;
    text += std::string(" (") + work_;
    if (step_) text += ", step " + std::to_string(*step_);
    return text + ")";
  }

 private:
  std::string_view plugin_;
  const char* work_ = nullptr;
  std::optional<std::int64_t> step_;
};

// Runs code of a plugin. What it throws becomes a PluginError (DataError stays one) that names
// `who`.
template <class Call>
auto guarded(const Who& who, Call call) {
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
    throw AttributedDataError(who.text() + ": " + error.what());
  } catch (const std::bad_alloc&) {
    throw AttributedDataError(who.text() + ": there is not enough memory. Take smaller sizes.");
  } catch (const std::exception& error) {
    throw AttributedPluginError(who.text() + " failed: " + error.what());
  } catch (...) {
    throw AttributedPluginError(who.text() +
                                " failed: it threw something that is no std::exception");
  }
}

}  // namespace saddle
