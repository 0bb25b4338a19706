"""What the tests of the command line share: the executable, folders and specs."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SADDLE = pathlib.Path(sys.argv.pop(1))
FAULTY = pathlib.Path(sys.argv.pop(1))  # the folder of the faulty plugins

SECTIONS = {
    "seed": "1",
    "dataset": "{plugin: ring}",
    "latent": "{z: {normal: 2}}",
    "generator": "{plugin: mlp, hidden: [8]}",
    "discriminator": "{plugin: mlp, hidden: [8]}",
    "losses": "[{plugin: bce}, {plugin: r1, gamma: 0.1}]",
    "train": "{steps: 20, batch: 16}",
    "metrics": "[]",
    "log": "{samples: {every: 10, count: 16}, weights: {every: 10}}",
}


def spec_text(**changes):
    """A small spec, with sections replaced."""
    return "".join(f"{key}: {value}\n" for key, value in {**SECTIONS, **changes}.items())


class CommandTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def saddle(self, *arguments, environment=None):
        return subprocess.run([str(SADDLE), *map(str, arguments)], cwd=self.folder, text=True,
                              capture_output=True, errors="replace",
                              env={**os.environ, **(environment or {})}, timeout=300)

    def write(self, text, name="spec.yaml"):
        (self.folder / name).write_text(text)
        return name

    def run_spec(self, text, *arguments, out="run"):
        return self.saddle("run", self.write(text), "--out", out, *arguments)

    def expect(self, done, code, text):
        """The exit code, and the whole of stderr."""
        self.assertEqual(done.stderr.strip(), text)
        self.assertEqual(done.returncode, code)
