#include "plugin/catalog.hpp"
#include "plugin/build_check.hpp"
#include "plugin/plugin_files.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using namespace saddle::test;
using namespace std::string_view_literals;
namespace fs = std::filesystem;

namespace {

std::string copy_fixture(const std::string& name, const std::string& to) {
  fs::copy_file(fixture(name), to);
  return to;
}

// A copy of loss.so that another host's compiler and scalar built.
std::string copy_foreign_loss(const std::string& to) {
  std::string bytes = read_bytes(fixture("loss"));
  edit_note(bytes, [](NoteRecord& note) {
    note.description.build.compiler = "gcc 13"sv;
    note.description.build.scalar = "half"sv;
  });
  write_bytes(to, bytes);
  return to;
}

std::string foreign_message(const std::string& path) {
  return path + " was built for another host: compiler gcc 13 (host " +
         std::string(host_build().compiler.view()) + "), scalar half (host " +
         std::string(host_build().scalar.view()) + "). Rebuild it.";
}

std::string find_error(const Catalog& catalog, const std::string& kind, const std::string& value,
                       const std::string& base = "") {
  return plugin_error([&] { catalog.find(kind, value, base); });
}

}  // namespace

TEST_CASE("A catalog lists plugins by folder and file name, and finds them by kind and name") {
  const TemporaryFolder first, second;
  const std::string several = copy_fixture("several", first / "b.so");
  const std::string marker = copy_fixture("marker", first / "a.so");
  const std::string loss = copy_fixture("loss", second / "a.so");
  const Catalog catalog({first.path(), second.path()});
  REQUIRE(catalog.plugins().size() == 6);
  CHECK(catalog.plugins().front().path == marker);
  CHECK(catalog.plugins().at(1).path == several);
  CHECK(catalog.plugins().at(1).kind == "discriminator");
  CHECK(catalog.plugins().back().path == loss);
  CHECK(catalog.problems().empty());
  CHECK(catalog.find("discriminator", "mlp", "").symbol ==
        "saddle_plugin_discriminator_MlpDiscriminator");
  CHECK(catalog.find("loss", "bce", "").path == loss);
}

TEST_CASE("An unknown name is refused with the nearest, the known ones and the folders") {
  const TemporaryFolder folder, empty;
  copy_fixture("several", folder / "several.so");
  const Catalog catalog({folder.path(), empty.path()});
  const std::string searched = " Searched: " + folder.path() + ", " + empty.path() + ".";
  CHECK(find_error(catalog, "generator", "dcgam") ==
        "No generator is called 'dcgam'. Did you mean 'dcgan'? Known generators: dcgan, mlp." +
            searched);
  CHECK(find_error(catalog, "loss", "hinge") ==
        "No loss is called 'hinge'. Known losses: none." + searched);
  CHECK(find_error(Catalog({}), "metric", "x") ==
        "No metric is called 'x'. Known metrics: none. Searched: no folder.");
}

TEST_CASE("A name of other kinds is refused with these kinds") {
  const TemporaryFolder folder;
  copy_fixture("several", folder / "several.so");
  copy_fixture("loss", folder / "loss.so");
  const Catalog catalog({folder.path()});
  CHECK(find_error(catalog, "loss", "mlp") ==
        "'mlp' is a generator and a discriminator, not a loss. Known losses: bce. Searched: " +
            folder.path() + ".");
}

TEST_CASE("A name found twice is refused with both files, but one file by two ways is one") {
  const TemporaryFolder first, second;
  const std::string one = copy_fixture("loss", first / "one.so");
  fs::create_symlink(one, second / "link.so");
  CHECK(Catalog({first.path(), second.path(), first.path()}).find("loss", "bce", "").path == one);
  const std::string two = copy_fixture("loss", second / "two.so");
  CHECK(find_error(Catalog({first.path(), second.path()}), "loss", "bce") ==
        "loss 'bce' is found twice: in " + one + " and " + two +
            ". Remove all but one, or give the path of one as the plugin.");
  const std::string three = copy_foreign_loss(second / "two-and-more.so");
  CHECK(find_error(Catalog({first.path(), second.path()}), "loss", "bce") ==
        "loss 'bce' is found 3 times: in " + one + ", " + two + " and " + three +
            ". Remove all but one, or give the path of one as the plugin.");
}

TEST_CASE("Plugins of one kind and name are twins, those of another host too") {
  const TemporaryFolder first, second;
  copy_fixture("several", first / "several.so");
  const std::string one = copy_fixture("loss", first / "one.so");
  CHECK(Catalog({first.path()}).twins().empty());
  CHECK(Catalog({first.path()}).libraries_of("loss", "bce") == std::vector<std::string>{one});
  CHECK(Catalog({first.path()}).libraries_of("metric", "bce").empty());
  const std::string foreign = copy_foreign_loss(second / "two.so");
  const Catalog catalog({second.path(), first.path()});
  REQUIRE(catalog.twins().size() == 1);
  CHECK(catalog.twins().front().kind == "loss");
  CHECK(catalog.twins().front().name == "bce");
  CHECK(catalog.twins().front().paths == std::vector<std::string>{one, foreign});
  CHECK(catalog.twins().front().message() == find_error(catalog, "loss", "bce"));
}

TEST_CASE("A plugin of another host is known by name, and refused with every difference") {
  const TemporaryFolder folder;
  const std::string path = copy_foreign_loss(folder / "loss.so");
  const Catalog catalog({folder.path()});
  CHECK(catalog.plugins().empty());
  REQUIRE(catalog.problems().size() == 1);
  CHECK(catalog.problems().front().path == path);
  CHECK(catalog.problems().front().message == foreign_message(path));
  CHECK(find_error(catalog, "loss", "bce") == foreign_message(path));
  CHECK(find_error(catalog, "loss", path) == foreign_message(path));
}

TEST_CASE("Files that are not usable hinder no other, and are named when a plugin is not found") {
  const TemporaryFolder folder;
  write_bytes(folder / "text.so", "text");
  write_bytes(folder / "notes.txt", "text");
  copy_fixture("loss", folder / "loss.so");
  const std::string absent = folder / "absent";
  const Catalog catalog({folder.path(), absent});
  CHECK(catalog.find("loss", "bce", "").name == "bce");
  REQUIRE(catalog.problems().size() == 2);
  const std::string text_problem = folder /
                                   "text.so is not an ELF file, so it is no plugin library. "
                                   "Give a library (.so) that saddle_add_plugin built.";
  const std::string folder_problem = absent +
                                     " cannot be searched for plugins: No such file or directory. "
                                     "It stands on the plugin search path.";
  CHECK(catalog.problems().front().message == text_problem);
  CHECK(catalog.problems().back().message == folder_problem);
  CHECK(find_error(catalog, "loss", "hinge") ==
        "No loss is called 'hinge'. Known losses: bce. Searched: " + folder.path() + ", " + absent +
            ".\nNot usable: " + text_problem + "\nNot usable: " + folder_problem);
}

TEST_CASE("A value with a slash is a file, absolute or relative to the base folder") {
  const TemporaryFolder folder;
  const std::string path = copy_fixture("loss", folder / "loss.so");
  const Catalog catalog({});
  CHECK(catalog.find("loss", path, "").path == path);
  CHECK(catalog.find("loss", "./loss.so", folder.path()).path == path);
  CHECK(catalog.find("loss", path, "/elsewhere").path == path);
  CHECK(find_error(catalog, "loss", "./absent.so", folder.path()) ==
        folder / "absent.so does not exist. Give the path of a plugin library (.so).");
}

TEST_CASE("A file must hold one plugin of the kind that is asked for") {
  const TemporaryFolder folder;
  const std::string path = copy_fixture("several", folder / "several.so");
  const Catalog catalog({});
  CHECK(catalog.find("metric", path, "").name == "renyi");
  CHECK(find_error(catalog, "generator", path) ==
        path +
            " holds 2 generators: dcgan, mlp. Choose one by its name, and give the folder as "
            "--plugin-path.");
  CHECK(find_error(catalog, "loss", path) ==
        path +
            " holds no loss; it holds discriminator 'mlp', generator 'dcgan', generator 'mlp' "
            "and metric 'renyi'.");
}
