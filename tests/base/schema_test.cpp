#include <saddle/base/error.hpp>
#include <saddle/base/schema.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using saddle::testing::error_text;

namespace {

struct Widths {
  std::vector<std::size_t> hidden = {1, 2};
};

struct Rates {
  double rate = 0.5;
};

struct Derived : Widths, Rates {
  std::string name = "own";
  static void describe(Schema& s) {
    s.field(&Widths::hidden, "hidden", "of the first base").range(1, 9);
    s.field(&Rates::rate, "rate", "of the second base");
    s.field(&Derived::name, "name", "of the struct itself");
  }
};

struct Doubled {
  int first = 0, second = 0;
  static void describe(Schema& s) {
    s.field(&Doubled::first, "size", "one");
    s.field(&Doubled::second, "size", "another");
  }
};

struct Foreign {
  int own = 0;
  static void describe(Schema& s) { s.field(&Rates::rate, "rate", "of another class"); }
};

}  // namespace

TEST_CASE("Options of every base are read and written in their place") {
  const Schema schema = Schema::of<Derived>();
  Value text = Value::mapping();
  text.set("hidden", Value::sequence({write_scalar(std::int64_t{7})}));
  text.set("rate", write_scalar(0.25));
  text.set("name", write_scalar(std::string("given")));
  Derived options;
  Problems problems("test");
  read_mapping(text, {{&schema, &options}}, {"struct", "key", ""}, problems);
  CHECK(problems.empty());
  CHECK(options.hidden == std::vector<std::size_t>{7});
  CHECK(options.rate == 0.25);
  CHECK(options.name == "given");
  CHECK(write_mapping(schema, &options).find("rate")->text == "0.25");
  CHECK(schema.defaults().find("rate")->text == "0.5");
}

TEST_CASE("Two options of one name, or of another class, are refused") {
  CHECK(error_text<PluginError>([] { Schema::of<Doubled>(); }) ==
        "Two options are called 'size'. Give each a name of its own in describe().");
  CHECK(error_text<PluginError>([] { Schema::of<Foreign>(); }) ==
        "Option 'rate' is a member of a class that its options struct is not and does not derive "
        "from. Describe members of the struct itself.");
}
