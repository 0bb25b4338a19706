#!/usr/bin/env python3
"""Tests data/fetch*.sh against a mirror in a folder, with files and sums of their own.

usage: fetch_test.py DATA_FOLDER
"""
import gzip
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path()
NAMES = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte",
         "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]
TOOLS = ["bash", "cat", "chmod", "dirname", "gzip", "mkdir", "mktemp", "mv", "rm", "sha256sum"]
SETS = {"mnist": "fetch_mnist.sh", "fashion-mnist": "fetch_fashion_mnist.sh"}


class Fetch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="saddle-fetch-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        self.data, self.mirror = self.root / "data", self.root / "mirror"
        self.data.mkdir()
        self.mirror.mkdir()
        for script in SOURCE.glob("fetch*.sh"):
            shutil.copy(script, self.data)
        self.content = {name: (name * 50).encode() for name in NAMES}
        for name, content in self.content.items():
            self.put(name, gzip.compress(content))
        for set_name in SETS:
            (self.data / f"{set_name}.sha256").write_text("".join(
                f"{hashlib.sha256(self.content[name]).hexdigest()}  {name}\n" for name in NAMES))

    def put(self, name, packed):
        (self.mirror / f"{name}.gz").write_bytes(packed)

    def run_script(self, set_name="mnist", **environment):
        environment = {"SADDLE_MIRROR": f"file://{self.mirror}", **environment}
        return subprocess.run([self.data / SETS[set_name]], env={**os.environ, **environment},
                              cwd="/", capture_output=True, text=True, check=False)

    def present(self, set_name="mnist"):
        """Everything in the set's folder: hidden leftovers too."""
        return {path.name: path.read_bytes() for path in (self.data / set_name).iterdir()}

    def mirrored(self):
        return {path.name: path.read_bytes() for path in self.mirror.iterdir()}

    def assert_failed(self, result, names, reason):
        files = " ".join(f"{name}.gz" for name in names)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout, "")
        self.assertIn(reason, result.stderr)
        self.assertTrue(result.stderr.endswith(
            f"mnist: could not be fetched: {files}.\n"
            "mnist: Try again later, set SADDLE_MIRROR=URL to a folder that holds these files, or "
            f"put them into {self.data}/mnist yourself.\n"), result.stderr)

    def test_good_files_are_fetched(self):
        for set_name in SETS:
            result = self.run_script(set_name)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(result.stdout, f"{set_name}: complete in {self.data}/{set_name}\n")
            self.assertEqual(self.present(set_name), self.mirrored())

    def test_python_serves_where_curl_is_missing(self):
        tools = self.root / "tools"
        tools.mkdir()
        for tool in TOOLS:
            (tools / tool).symlink_to(shutil.which(tool))
        (tools / "python3").symlink_to(sys.executable)
        result = self.run_script(PATH=str(tools))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.present(), self.mirrored())
        (self.mirror / f"{NAMES[0]}.gz").unlink()
        (self.data / "mnist" / f"{NAMES[0]}.gz").unlink()
        self.assert_failed(self.run_script(PATH=str(tools)), NAMES[:1], "No such file")
        (tools / "python3").unlink()
        result = self.run_script(PATH=str(tools))
        self.assertEqual(result.returncode, 2)
        self.assertIn("mnist: needs curl or python3; install one of them.\n", result.stderr)

    def test_sound_files_are_not_fetched_again(self):
        self.run_script()
        before = self.present()
        shutil.rmtree(self.mirror)
        result = self.run_script()
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(self.present(), before)

    def test_a_file_that_is_compressed_anew_is_sound(self):
        self.put(NAMES[0], gzip.compress(self.content[NAMES[0]], 1))
        self.assertEqual(self.run_script().returncode, 0)

    def test_other_content_is_refused(self):
        self.put(NAMES[1], gzip.compress(b"other"))
        self.assert_failed(self.run_script(), NAMES[1:2],
                           f"mnist: file://{self.mirror}/{NAMES[1]}.gz is not the file that was "
                           "expected (its sha256 differs).\n")
        good = {name: packed for name, packed in self.mirrored().items() if NAMES[1] not in name}
        self.assertEqual(self.present(), good)

    def test_damaged_files_are_refused(self):
        packed = gzip.compress(self.content[NAMES[2]])
        for damaged in (packed[:-9], packed[:-1], packed + b"rubbish", b"", b"<html>404</html>"):
            self.put(NAMES[2], damaged)
            self.assert_failed(self.run_script(), NAMES[2:3], "(its sha256 differs).\n")
            self.assertEqual(sorted(self.present()), sorted(f"{n}.gz" for n in NAMES
                                                            if n != NAMES[2]))

    def test_missing_files_are_all_named(self):
        for name in NAMES[2:]:
            (self.mirror / f"{name}.gz").unlink()
        self.assert_failed(self.run_script(), NAMES[2:], f"{NAMES[3]}.gz\n")
        self.assertEqual(sorted(self.present()), sorted(f"{n}.gz" for n in NAMES[:2]))

    def test_a_damaged_file_is_replaced(self):
        self.run_script()
        (self.data / "mnist" / f"{NAMES[0]}.gz").write_bytes(b"damaged")
        result = self.run_script()
        self.assertEqual(result.returncode, 0)
        self.assertIn(f"mnist: {NAMES[0]}.gz is damaged; fetching it anew.\n", result.stderr)
        self.assertEqual(self.present(), self.mirrored())

    def test_the_next_mirror_is_tried(self):
        empty = self.root / "empty"
        empty.mkdir()
        result = subprocess.run(
            [self.data / "fetch.sh", "mnist", f"file://{empty}", f"file://{self.mirror}"],
            env={name: value for name, value in os.environ.items() if name != "SADDLE_MIRROR"},
            capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.present(), self.mirrored())

    def test_the_page_and_the_scripts_agree_on_every_sum(self):
        page = (SOURCE / "README.md").read_text(encoding="utf-8")
        for set_name in SETS:
            rows = [line.split() for line in
                    (SOURCE / f"{set_name}.sha256").read_text(encoding="utf-8").splitlines()]
            self.assertEqual([name for _, name in rows], NAMES)
            for digest, name in rows:
                self.assertRegex(page, rf"\| `{name}` \| [0-9,]+ \| `{digest}` \|")


if __name__ == "__main__":
    SOURCE = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
