#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/plugin/dataset.hpp>
#include <saddle/plugin/discriminator.hpp>
#include <saddle/plugin/generator.hpp>
#include <saddle/plugin/loss.hpp>
#include <saddle/plugin/metric.hpp>
#include <saddle/plugin/note.hpp>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace saddle {

// The kinds of plugins, by the name that SADDLE_PLUGIN takes, with what each is built from.
namespace kinds {
struct generator {
  using Contract = Generator;
  using Setup = Shapes;
};
struct discriminator {
  using Contract = Discriminator;
  using Setup = Shapes;
};
struct loss {
  using Contract = Loss;
  using Setup = Shapes;
};
struct metric {
  using Contract = Metric;
  using Setup = MetricSetup;
};
struct dataset {
  using Contract = Dataset;
  using Setup = DataSource;
};
}  // namespace kinds

// How the host makes one plugin: its options, and the object.
template <class Kind>
struct Factory {
  Schema schema;
  std::function<std::shared_ptr<void>()> default_options;
  std::function<std::unique_ptr<typename Kind::Contract>(const void* options,
                                                         const typename Kind::Setup& setup)>
      make;
  // What the plugin offers with these options, by name.
  std::function<std::vector<std::string>(const void* options)> offers;
};

// For plugins that take no options.
struct NoOptions {
  static void describe(Schema&) {}
};

namespace detail {

template <class Class, class = void>
struct OptionsOf {
  using Type = NoOptions;
};
template <class Class>
struct OptionsOf<Class, std::void_t<typename Class::Options>> {
  using Type = typename Class::Options;
};

template <class Class, class Options, class = void>
struct OffersOf {
  static std::vector<std::string> list(const Options&) { return {}; }
};
template <class Class, class Options>
struct OffersOf<Class, Options, std::void_t<decltype(Class::offers(std::declval<Options>()))>> {
  static std::vector<std::string> list(const Options& options) { return Class::offers(options); }
};

template <class Kind, class Class>
Factory<Kind> make_factory() {
  using Options = typename OptionsOf<Class>::Type;
  Factory<Kind> factory;
  factory.schema = Schema::of<Options>();
  factory.default_options = [] { return std::make_shared<Options>(); };
  factory.make = [](const void* options, const typename Kind::Setup& setup) {
    return std::make_unique<Class>(*static_cast<const Options*>(options), setup);
  };
  factory.offers = [](const void* options) {
    return OffersOf<Class, Options>::list(*static_cast<const Options*>(options));
  };
  return factory;
}

}  // namespace detail
}  // namespace saddle

// Registers a plugin: SADDLE_PLUGIN(generator, MlpGenerator, "mlp", "fully connected generator").
// The kind is one of saddle::kinds; the class has a constructor from (const Options&, const Setup&)
// of that kind and may have a nested Options with `describe`. Stands once per plugin at global
// scope; several may stand in one library.
#define SADDLE_PLUGIN(kind, Class, name, doc)                                                   \
  SADDLE_NOTE(kind, Class, name, doc)                                                           \
  extern "C" SADDLE_API const void* saddle_plugin_##kind##_##Class();                           \
  extern "C" SADDLE_API const void* saddle_plugin_##kind##_##Class() {                          \
    static const auto factory = ::saddle::detail::make_factory<::saddle::kinds::kind, Class>(); \
    return &factory;                                                                            \
  }                                                                                             \
  static_assert(true, "a semicolon may follow")
