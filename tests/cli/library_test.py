"""Libraries that cannot be used, named by a spec: the place, the reason, exit code 3."""
import shutil
import unittest

from command import FAULTY, SADDLE, CommandTest, spec_text

PLUGINS = SADDLE.parent / "plugins"


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

    def test_a_name_in_two_folders_names_both_files(self):
        for folder in ("one", "two"):
            (self.folder / folder).mkdir()
            shutil.copy(FAULTY / "faulty.so", self.folder / folder)
        done = self.run_spec(spec_text(generator="{plugin: wrong-shape}"), "--plugin-path", "one",
                             "--plugin-path", "two")
        self.assertEqual(done.returncode, 3)
        self.assertIn("one/faulty.so", done.stderr)
        self.assertIn("two/faulty.so", done.stderr)

    def test_mistakes_of_the_spec_come_with_those_of_its_libraries(self):
        done = self.run_spec(spec_text(generator="{plugin: ./absent.so}", seed="x"))
        self.expect(done, 2, "spec.yaml:1:7: seed: expected an integer from 0 to 9007199254740992, found 'x'.\n"
                             f"spec.yaml:4:21: {self.folder}/absent.so does not exist. Give the "
                             "path of a plugin library (.so).")


if __name__ == "__main__":
    unittest.main()
