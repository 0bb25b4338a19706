"""`saddle export` and `saddle watch`: a run for other programs, and while it goes."""
import csv
import json
import math
import struct
import subprocess
import time
import unittest

import h5py
import numpy as np
from command import SADDLE, CommandTest, spec_text

METRICS = "[{plugin: modes, every: 10, samples: 100}, {plugin: kl-neighbours, every: 20, samples: 100}]"
BEST = "{weights: {every: 10}, best: {series: modes/modes, keep: max}}"


def safetensors(path):
    """The tensors and the notes of a file, by its definition."""
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    notes = header.pop("__metadata__")
    types = {"F32": "<f4", "F64": "<f8"}
    tensors = {name: np.frombuffer(data[8 + length:][slice(*entry["data_offsets"])], types[entry["dtype"]])
               .reshape(entry["shape"]) for name, entry in header.items()}
    assert len(data) == 8 + length + sum(tensor.nbytes for tensor in tensors.values())
    assert length % 8 == 0
    return tensors, notes


class Export(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(metrics=METRICS, log=BEST, train="{steps: 20, batch: 16, "
                                                                                  "average: 0.9}")).returncode, 0)

    def export(self, *arguments):
        done = self.saddle("export", "run/run.h5", "--out", "x", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [line.removeprefix("wrote ") for line in done.stderr.splitlines()]

    def test_curves_are_tables_that_read_back_to_the_bit(self):
        files = self.export()
        self.assertEqual([file for file in files if file.endswith(".csv")],
                         ["x/losses.csv", "x/metrics-modes.csv", "x/metrics-kl-neighbours.csv",
                          "x/players-discriminator.csv", "x/players-generator.csv"])
        with h5py.File(self.folder / "run/run.h5") as run:
            for file, group in (("losses", "losses"), ("metrics-modes", "metrics/modes"),
                                ("metrics-kl-neighbours", "metrics/kl-neighbours"),
                                ("players-generator", "players/generator")):
                with open(self.folder / f"x/{file}.csv", newline="") as table:
                    rows = list(csv.DictReader(table))
                self.assertEqual([int(row["step"]) for row in rows], list(run[group]["step"][...]))
                for name in rows[0]:
                    for row, value in zip(rows, run[group][name][...]):
                        read = float(row[name]) if row[name] else math.nan
                        self.assertTrue(read == value or (math.isnan(read) and np.isnan(value)), (name, row[name]))

    def test_weights_are_those_of_the_step(self):
        with h5py.File(self.folder / "run/run.h5") as run:
            best = int(run["best/step"][-1])
            for arguments, group, step in (((), "weights", 20), (("--step", "10"), "weights", 10),
                                           (("--best",), "best", best)):
                self.export(*arguments)
                row = list(run[group]["step"][...]).index(step)
                for player in ("generator", "discriminator", "average"):
                    tensors, notes = safetensors(self.folder / f"x/{player}.safetensors")
                    self.assertEqual(notes, {"step": str(step), "made_by": notes["made_by"]})
                    self.assertEqual(set(tensors), set(run[group][player]))
                    for name, tensor in tensors.items():
                        self.assertEqual(tensor.tobytes(), run[group][player][name][row].tobytes())
                        self.assertEqual(tensor.shape, run[group][player][name].shape[1:])

    def test_mistakes_are_told(self):
        self.expect(self.saddle("export", "run/run.h5", "--out", "x", "--step", "7"), 4,
                    "run/run.h5: holds no weights of step 7; the nearest is step 10, the last 20.")
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            run["weights/generator/odd"] = 1.0
        self.expect(self.saddle("export", "run", "--out", "x"), 4,
                    "run/run.h5: /weights/generator/odd: expected a row for each step.")
        self.assertEqual(self.run_spec(spec_text(), "--overwrite").returncode, 0)
        self.expect(self.saddle("export", "run/run.h5", "--out", "x", "--best"), 4,
                    "run/run.h5: keeps no best weights. Set log.best in the spec and run it again.")
        self.expect(self.saddle("export", "run/run.h5", "--out", "spec.yaml/x"), 4,
                    "spec.yaml/x: cannot be made: Not a directory.")


class Watch(CommandTest):
    def test_a_run_is_watched_to_its_end(self):
        self.write(spec_text(metrics=METRICS, train="{steps: 6000, batch: 16}"))
        run = subprocess.Popen([str(SADDLE), "run", "spec.yaml", "--out", "run"], cwd=self.folder,
                               stderr=subprocess.DEVNULL)
        while not (self.folder / "run/run.h5").exists():
            self.assertIsNone(run.poll(), "the run ended before it was looked at")
            time.sleep(0.001)
        done = self.saddle("watch", "run/run.h5", "--every", "0.05")
        self.assertEqual((run.wait(), done.returncode), (0, 0), done.stderr)
        lines = done.stdout.splitlines()
        end = lines.index("step 6000/6000, finished")
        steps = []
        for line in lines[:end]:
            self.assertRegex(line, r"^step -?\d+/6000, running(, [\d.e+]+ steps/s, [\d:]+ left)?$")
            steps.append(int(line.split("/")[0].split()[1]))
        self.assertTrue(steps)
        self.assertEqual(steps, sorted(steps))
        self.assertIn("modes/modes", [line.split()[0] for line in lines[end + 1:]])

    def test_a_run_that_has_ended_is_shown_once_with_its_last_values(self):
        self.assertEqual(self.run_spec(spec_text(metrics=METRICS)).returncode, 0)
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            run["metrics/kl-neighbours/forward"][...] = [1, 3]
            run["metrics/kl-neighbours/forward-flags"][...] = [0, 2]
            run["losses/generator"][...] = np.arange(20)
        done = self.saddle("watch", "run/run.h5")
        self.expect(done, 0, "")
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "step 20/20, finished")
        self.assertIn("kl-neighbours/forward                          3* ▁█", lines)
        self.assertIn("losses/generator                              19  ▁▁▁▂▂▃▃▃▄▄▅▅▆▆▆▇▇███", lines)


if __name__ == "__main__":
    unittest.main()
