#include "plugin/library.hpp"
#include "plugin/build_check.hpp"
#include "plugin/plugin_files.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>
#include <cstdlib>

using namespace saddle;
using namespace saddle::test;
using namespace std::string_view_literals;
namespace fs = std::filesystem;

namespace {

constexpr char kMarkerSymbol[] = "saddle_plugin_generator_Marker";

int call(void* symbol) { return reinterpret_cast<int (*)()>(symbol)(); }

std::string open_error(const std::string& path, const std::string& symbol) {
  return plugin_error([&] { open_symbol(path, symbol); });
}

// The same in a child process, for errors that leave the dynamic loader locked.
std::string open_error_in_child(const std::string& path, const std::string& symbol) {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string first = open_error(path, symbol);
    write_bytes(folder / "error", first == open_error(path, symbol) ? first : "not the same again");
    ::_exit(0);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return status == 0 ? read_bytes(folder / "error") : "the process died";
}

// Whether code of marker.so, changed by `change(bytes)`, ran while it was to be opened.
template <class Change>
bool runs_code(Change change) {
  const TemporaryFolder folder;
  std::string bytes = read_bytes(fixture("marker"));
  change(bytes);
  write_bytes(folder / "marker.so", bytes);
  ::setenv("SADDLE_TEST_MARKER", (folder / "ran").c_str(), 1);
  const std::string error = open_error(folder / "marker.so", kMarkerSymbol);
  ::unsetenv("SADDLE_TEST_MARKER");
  const bool ran = fs::exists(folder / "ran");
  CHECK(ran == (error == "no PluginError"));
  return ran;
}

}  // namespace

TEST_CASE("A symbol of a library is found, and the library is opened once") {
  void* const symbol = open_symbol(fixture("marker"), kMarkerSymbol);
  CHECK(call(symbol) == 42);
  const TemporaryFolder folder;
  fs::create_symlink(fixture("marker"), folder / "link.so");
  CHECK(open_symbol(folder / "link.so", kMarkerSymbol) == symbol);
}

TEST_CASE("Several plugins of one library have each their symbol") {
  CHECK(call(open_symbol(fixture("several"), "saddle_plugin_generator_MlpGenerator")) == 1);
  CHECK(call(open_symbol(fixture("several"), "saddle_plugin_metric_Renyi")) == 4);
}

TEST_CASE("A library that is refused has run no code") {
  CHECK(runs_code([](std::string&) {}));
  CHECK_FALSE(runs_code([](std::string& bytes) { bytes.resize(bytes.size() / 2); }));
  CHECK_FALSE(runs_code([](std::string& bytes) {
    edit<Elf64_Ehdr>(bytes, 0, [](Elf64_Ehdr& header) { header.e_machine = EM_AARCH64; });
  }));
  CHECK_FALSE(runs_code(
      [](std::string& bytes) { edit_note(bytes, [](NoteRecord& note) { note.format = 2; }); }));
  CHECK_FALSE(runs_code([](std::string& bytes) {
    edit_note(bytes, [](NoteRecord& note) { note.description.build.scalar = "half"sv; });
  }));
}

TEST_CASE("A library of another host is refused with every difference in one message") {
  const TemporaryFolder folder;
  std::string bytes = read_bytes(fixture("loss"));
  edit_note(bytes, [](NoteRecord& note) {
    note.description.build.compiler = "gcc 13"sv;
    note.description.build.scalar = "half"sv;
  });
  const std::string path = folder / "loss.so";
  write_bytes(path, bytes);
  CHECK(open_error(path, "saddle_plugin_loss_Bce") ==
        path + " was built for another host: compiler gcc 13 (host " +
            std::string(host_build().compiler.view()) + "), scalar half (host " +
            std::string(host_build().scalar.view()) + "). Rebuild it.");
}

TEST_CASE("A symbol that the host does not have is named in readable form") {
  const std::string path = fixture("undefined_symbol");
  CHECK(open_error(path, "saddle_plugin_loss_Undefined") ==
        path +
            " needs 'saddle::missing(int)', which this host does not have. "
            "Rebuild it for this host, and link what it uses.");
}

TEST_CASE("A library that a plugin needs and that is not there is named") {
  const TemporaryFolder folder;
  std::string bytes = read_bytes(fixture("marker"));
  const std::size_t needed = bytes.find("libstdc++.so.6");
  REQUIRE(needed != std::string::npos);
  bytes.replace(needed, 14, "libabsent.so.6");
  const std::string path = folder / "marker.so";
  write_bytes(path, bytes);
  CHECK(open_error(path, kMarkerSymbol) ==
        path +
            " cannot be opened: libabsent.so.6: cannot open shared object file: No such file or "
            "directory. Install what it needs, or rebuild it.");
}

TEST_CASE("A static constructor that throws is reported with its file, each time") {
  const std::string path = fixture("throwing");
  CHECK(open_error_in_child(path, "saddle_plugin_loss_Throwing") ==
        path +
            " threw in a static constructor while it was opened: no table of primes. "
            "Make its static objects in the plugin's constructor.");
}

TEST_CASE("A library without the factory that its note names is refused") {
  const std::string path = fixture("no_factory");
  CHECK(open_error(path, "saddle_plugin_loss_Absent") ==
        path +
            " does not export 'saddle_plugin_loss_Absent', which makes a plugin that its note "
            "names. Rebuild it with SADDLE_PLUGIN.");
}
