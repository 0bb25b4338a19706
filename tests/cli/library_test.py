"""Libraries that cannot be used, named by a spec: the place, the reason, exit code 3."""
import json
import shutil
import unittest

from command import FAULTY, SADDLE, CommandTest, spec_text

PLUGINS = SADDLE.parent / "plugins"
PATH = ("--plugin-path", "one", "--plugin-path", "two")
TWICE = "{} '{}' is found twice: in one/faulty.so and two/faulty.so. Remove all but one, or give the path of one as " \
        "the plugin."


class Libraries(CommandTest):
    def refuse(self, name, message, arguments=()):
        done = self.run_spec(spec_text(generator=f"{{plugin: {name}}}"), *arguments)
        self.expect(done, 3, f"spec.yaml:4:21: {message}")
        self.assertFalse((self.folder / "run").exists())

    def test_a_missing_file(self):
        self.refuse("./absent.so", f"{self.folder}/absent.so does not exist. Give the path of a "
                                   "plugin library (.so).")

    def test_a_file_that_is_no_library(self):
        self.write("not a library, but long enough to be read as one " * 9, "text.so")
        self.refuse("./text.so", f"{self.folder}/text.so is not an ELF file, so it is no plugin "
                                 "library. Give a library (.so) that saddle_add_plugin built.")

    def test_a_truncated_library(self):
        whole = (PLUGINS / "generator-mlp.so").read_bytes()
        for size in (100, 1000, len(whole) // 2, len(whole) - 1):
            (self.folder / "cut.so").write_bytes(whole[:size])
            done = self.run_spec(spec_text(generator="{plugin: ./cut.so}"))
            self.assertEqual(done.returncode, 3, size)
            self.assertIn("truncated", done.stderr, size)

    def test_an_unknown_name_gets_a_suggestion(self):
        done = self.run_spec(spec_text(generator="{plugin: mpl}"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("Did you mean 'mlp'?", done.stderr)

    def test_a_name_of_another_kind(self):
        done = self.run_spec(spec_text(generator="{plugin: grid}"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("'grid' is a dataset, not a generator", done.stderr)

    def make_twins(self):
        """A library that stands twice on PATH."""
        for folder in ("one", "two"):
            (self.folder / folder).mkdir()
            shutil.copy(FAULTY / "faulty.so", self.folder / folder)

    def test_a_name_in_two_folders_names_both_files(self):
        self.make_twins()
        self.refuse("wrong-shape", TWICE.format("generator", "wrong-shape"), PATH)

    def test_plugins_of_one_name_are_listed_with_their_files(self):
        self.make_twins()
        done = self.saddle(*PATH, "plugins", "metric")
        self.assertEqual(done.returncode, 0)
        for folder in ("one", "two"):
            self.assertRegex(done.stdout, r"(?m)^metric  too-few-values +.* \(one of 2 of this name: "
                                          rf"{folder}/faulty\.so\)$")
        self.assertRegex(done.stdout, r"(?m)^metric  modes +modes found, share of high quality, balance of modes$")
        self.assertIn(f"warning: {TWICE.format('metric', 'too-few-values')}\n", done.stderr)
        self.assertNotIn("generator", done.stderr)
        self.expect(self.saddle("plugins"), 0, "")

    def test_plugins_of_one_name_are_twins_in_json(self):
        self.make_twins()
        twins = json.loads(self.saddle(*PATH, "plugins", "generator", "--json").stdout)["twins"]
        self.assertIn({"kind": "generator", "name": "wrong-shape",
                       "libraries": ["one/faulty.so", "two/faulty.so"],
                       "message": TWICE.format("generator", "wrong-shape")}, twins)
        self.assertEqual(json.loads(self.saddle("plugins", "--json").stdout)["twins"], [])

    def test_a_new_plugin_with_the_name_of_another_is_warned_of(self):
        self.expect(self.saddle("new", "metric", "modes", "--out", "own"), 0,
                    f"warning: there is a metric 'modes' already: in {PLUGINS}/metric-modes.so. A spec cannot "
                    "name one of several: choose another name, or give the path of your library as the plugin.")
        self.assertTrue((self.folder / "own/modes.cpp").exists())
        self.expect(self.saddle("new", "generator", "modes"), 0, "")

    def test_a_folder_that_is_not_there_is_warned_of_once(self):
        absent = "warning: /nope cannot be searched for plugins: No such file or directory. It stands on the plugin " \
                 "search path."
        path = ("--plugin-path", "/nope", "--plugin-path", "/nope")
        self.write(spec_text())
        self.expect(self.saddle("check", "spec.yaml", *path), 0, absent)
        done = self.run_spec(spec_text(), *path)
        self.assertEqual((done.returncode, done.stderr.count(absent)), (0, 1), done.stderr)
        self.expect(self.saddle("plugins", *path[:2]), 0, absent)
        # Such a variable may be shared by machines.
        self.expect(self.saddle("check", "spec.yaml", environment={"SADDLE_PLUGIN_PATH": "/nope"}), 0, "")

    def test_mistakes_of_the_spec_come_with_those_of_its_libraries(self):
        done = self.run_spec(spec_text(generator="{plugin: ./absent.so}", seed="x"))
        self.expect(done, 2, "spec.yaml:1:7: seed: expected an integer from 0 to 9007199254740992, found 'x'.\n"
                             f"spec.yaml:4:21: {self.folder}/absent.so does not exist. Give the "
                             "path of a plugin library (.so).")


if __name__ == "__main__":
    unittest.main()
