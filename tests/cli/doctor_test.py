"""What is installed and in force, with a short self-test."""
import re
import shutil
import unittest

from command import FAULTY, CommandTest


class Doctor(CommandTest):
    def test_a_sound_installation_passes(self):
        done = self.saddle("doctor", environment={"OPENBLAS_CORETYPE": "Haswell"})
        self.assertEqual(done.returncode, 0, done.stdout)
        for line in ("  products of matrices: ok", "  gradients: ok", "  random numbers: ok",
                     "  OPENBLAS_CORETYPE=Haswell: pins OpenBLAS to a choice that may be slow here; "
                     "unset it"):
            self.assertIn(line, done.stdout.splitlines())
        self.assertRegex(done.stdout, r"\n  \d\d usable\n")

    def test_a_plugin_that_cannot_be_used_is_named(self):
        (self.folder / "bad.so").write_text("no library")
        done = self.saddle("doctor", "--plugin-path", ".")
        self.assertIn("bad.so", done.stdout)

    def usable(self, *path):
        done = self.saddle("doctor", *path)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return int(re.search(r"\n  (\d+) usable\n", done.stdout)[1]), done.stdout.splitlines()

    def test_plugins_of_one_name_are_a_problem_and_not_usable(self):
        for folder in ("one", "two"):
            (self.folder / folder).mkdir()
            shutil.copy(FAULTY / "faulty.so", self.folder / folder)
        count, lines = self.usable("--plugin-path", "one", "--plugin-path", "two")
        self.assertEqual(count, self.usable()[0])
        self.assertIn("  generator 'wrong-shape' is found twice: in one/faulty.so and two/faulty.so. Remove all but "
                      "one, or give the path of one as the plugin.", lines)
        self.assertNotIn("found twice", "\n".join(self.usable("--plugin-path", "one")[1]))


if __name__ == "__main__":
    unittest.main()
