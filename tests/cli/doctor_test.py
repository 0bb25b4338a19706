"""What is installed and in force, with a short self-test."""
import unittest

from command import CommandTest


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


if __name__ == "__main__":
    unittest.main()
