"""Installs to a prefix, builds plugins of every kind out of the tree, and uses them without touching
a binary of the host. usage: packaging_test.py BUILD_FOLDER"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1))
KINDS = ["generator", "discriminator", "loss", "metric", "dataset"]

SPEC = """
seed: 1
dataset: {plugin: own-dataset}
latent: {z: {normal: 2}}
generator: {plugin: own-generator, hidden: [8]}
discriminator: {plugin: own-discriminator, hidden: [8]}
losses: [{plugin: own-loss, margin: 0.5}]
train: {steps: 20, batch: 16}
metrics: [{plugin: own-metric, every: 10, samples: 64}]
log: {samples: {every: 10, count: 16}}
"""


def run(*command, check=True, cwd=None):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd)
    if check and done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def digests(prefix):
    return {path: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(prefix.rglob("*")) if path.is_file() and not path.is_symlink()}


class Packaging(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        cls.prefix = cls.root / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.saddle = cls.prefix / "bin" / "saddle"
        cls.before = digests(cls.prefix)
        lines = ["cmake_minimum_required(VERSION 3.25)", "project(own LANGUAGES CXX)",
                 "set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)"]
        for kind in KINDS:
            run(cls.saddle, "new", kind, f"own-{kind}", cwd=cls.root)
            lines.append(f"add_subdirectory(own-{kind})")
        (cls.root / "CMakeLists.txt").write_text("\n".join(lines) + "\n")
        run("cmake", "-S", cls.root, "-B", cls.root / "build", "-G", "Ninja",
            f"-DCMAKE_PREFIX_PATH={cls.prefix}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
        run("cmake", "--build", cls.root / "build")
        cls.plugins = cls.root / "build" / "plugins"

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_a_plugin_is_about_25_lines(self):
        for kind in KINDS:
            lines = (self.root / f"own-{kind}" / f"own_{kind}.cpp").read_text().splitlines()
            self.assertLessEqual(len(lines), 32, kind)

    def test_a_run_uses_plugins_from_out_of_the_tree_with_the_host_untouched(self):
        spec = self.root / "own.yaml"
        spec.write_text(SPEC)
        done = run(self.saddle, "--plugin-path", self.plugins, "run", spec, "--out",
                   self.root / "run")
        self.assertIn("finished at step 20", done.stderr)
        self.assertEqual(digests(self.prefix), self.before)

    def test_the_prefix_finds_its_own_plugins(self):
        done = run(self.saddle, "plugins", "generator")
        self.assertIn("mlp", done.stdout)

    def test_a_library_of_another_scalar_and_instruction_set_is_refused_with_both_named(self):
        source = self.root / "own-generator" / "own_generator.cpp"
        foreign = self.root / "foreign" / "generator-own-generator.so"
        foreign.parent.mkdir()
        run("g++", "-std=c++17", "-shared", "-fPIC", "-march=x86-64-v2", "-DXTENSOR_USE_XSIMD",
            "-DSADDLE_SCALAR=double", '-DSADDLE_SANITIZER=""', f"-I{self.prefix}/include", source,
            "-o", foreign)
        done = run(self.saddle, "--plugin-path", foreign.parent, "describe", "generator",
                   "own-generator", check=False)
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, r"generator-own-generator\.so was built for another host: "
                         r"instruction set .* \(host .*\), scalar double \(host float\)\. "
                         r"Rebuild it\.")


if __name__ == "__main__":
    unittest.main()
