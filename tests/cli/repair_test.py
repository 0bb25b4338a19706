"""The log of a killed run becomes readable by any reader, and nothing that is committed is lost."""
import os
import shutil
import subprocess
import time
import unittest

import h5py
import numpy as np
import xarray as xr
from command import SADDLE, CommandTest, spec_text
from run_files import numbers


def everything(file):
    """Every object of a file: attributes, layout and values."""
    found = {"/": str(dict(file.attrs))}

    def visit(name, item):
        attributes = {key: str(value) for key, value in item.attrs.items()
                      if key not in ("DIMENSION_LIST", "REFERENCE_LIST")}
        found[name] = attributes
        if isinstance(item, h5py.Dataset):
            values = item[...].tobytes() if item.dtype.kind in "iuf" else item[()]
            found[name] = (attributes, item.dtype.str, item.shape, item.maxshape, item.chunks,
                           item.compression, values)

    file.visititems(visit)
    return found


class Repair(CommandTest):
    def setUp(self):
        super().setUp()
        self.write(spec_text(train="{steps: 1000000, batch: 16, average: 0.9}",
                             metrics="[{plugin: modes, every: 50, samples: 100}]"))
        process = subprocess.Popen([str(SADDLE), "run", "spec.yaml", "--out", "run"],
                                   cwd=self.folder, stderr=subprocess.DEVNULL)
        self.path = self.folder / "run/run.h5"
        while not self.path.exists() or self.committed() < 100:
            self.assertIsNone(process.poll())
            time.sleep(0.01)
        process.kill()
        process.wait()
        self.step = self.committed()

    def committed(self):
        with h5py.File(self.path, "r", swmr=True) as run:
            return int(run["progress/step"][()])

    def repaired(self, message, code=0):
        done = self.saddle("repair", "run/run.h5")
        self.assertEqual((done.stdout.strip(), done.stderr.strip())[code > 0], message)
        self.assertEqual(done.returncode, code)

    def repair_whatever_was_dropped(self):
        """The kill may fall between the writing of rows and their commit: then they go. Whether all stayed."""
        done = self.saddle("repair", "run/run.h5")
        dropped = rf"Dropped were:\n(  /\S+: \d+ records? after step {self.step}\n)+"
        self.assertRegex(done.stdout, rf"^run/run\.h5: repaired; it holds all records up to step {self.step}\. "
                                      rf"(Nothing was dropped\.\n|{dropped})$")
        return "Nothing was dropped." in done.stdout

    def expect_committed(self, before, after):
        """Each dataset holds what it held, but for rows at its end."""
        self.assertEqual(list(after), list(before))
        for name, item in after.items():
            if isinstance(item, tuple) and isinstance(item[-1], bytes):
                self.assertEqual(item[:2] + item[3:-1], before[name][:2] + before[name][3:-1])
                self.assertEqual(item[-1], before[name][-1][:len(item[-1])])
            else:
                self.assertEqual(item, before[name])

    def test_a_killed_run_keeps_all_that_is_committed(self):
        with self.assertRaises(OSError):
            h5py.File(self.path)
        with h5py.File(self.path, "r", swmr=True) as run:
            before = everything(run)
        whole = self.repair_whatever_was_dropped()
        with h5py.File(self.path) as run:
            after = everything(run)
        self.expect_committed(before, after)
        if whole:
            self.assertEqual(after, before)
        for engine in ("h5netcdf", "netcdf4"):
            with xr.open_dataset(self.path, group="losses", engine=engine) as losses:
                self.assertEqual(losses.sizes["step"], self.step)
        self.repaired(f"run/run.h5: is whole up to step {self.step}; nothing to do.")

    def test_a_tail_that_is_not_vouched_for_is_dropped(self):
        self.saddle("repair", "run/run.h5")
        expected = numbers(self.path)
        with h5py.File(self.path, "a") as run:
            losses = run["losses/step"]
            losses.resize(self.step + 2, axis=0)
            losses[-2:] = [self.step + 1, self.step + 2]
            samples = run["samples/step"]
            samples.resize(samples.shape[0] + 1, axis=0)
            samples[-1] = self.step + 1
        self.repaired(f"run/run.h5: repaired; it holds all records up to step {self.step}. Dropped "
                      f"were:\n  /losses: 2 records after step {self.step}\n  /samples: 1 record "
                      f"after step {self.step}")
        self.assertEqual(numbers(self.path), expected)

    def test_a_repaired_run_can_be_resumed(self):
        shutil.copytree(self.folder / "run", self.folder / "other")
        self.saddle("repair", "run/run.h5")
        with h5py.File(self.folder / "run/checkpoint.h5") as checkpoint:
            more = f"train.steps={int(checkpoint['step'][()]) + 200}"
        # It was to run for a million steps; a shorter run is the same, as far as it goes.
        for folder in ("run", "other"):
            done = self.saddle("resume", folder, "--set", more)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(numbers(self.path), numbers(self.folder / "other/run.h5"))

    def test_what_cannot_be_repaired_stays_as_it_is(self):
        rubbish = [(b"rubbish", "it is no HDF5 file"),
                   (self.path.read_bytes()[:9000], "it is truncated")]
        for content, reason in rubbish:
            self.path.write_bytes(content)
            self.repaired(f"run/run.h5: cannot be opened: {reason}.", code=4)
            self.assertEqual(self.path.read_bytes(), content)
        with h5py.File(self.path, "w") as other:
            other["x"] = np.zeros(3)
        self.repaired("run/run.h5: this HDF5 file is no run of saddle.", code=4)
        self.assertNotIn("run.h5.part", os.listdir(self.path.parent))


if __name__ == "__main__":
    unittest.main()
