"""`saddle sample`: what the generator of a run makes."""
import json
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np
from command import SADDLE, CommandTest, spec_text

SECTIONS = {
    "latent": "{z: {normal: 3}, c: {categorical: 4}}",
    "train": "{steps: 25, batch: 16, average: 0.9}",
    "metrics": "[{plugin: modes, every: 5, samples: 100}]",
    "log": "{samples: {every: 10, count: 600}, weights: {every: 10}, states: {every: 20}, "
           "best: {series: modes/modes, keep: max}}",
}


class Sample(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(**SECTIONS)).returncode, 0)

    def sample(self, *arguments, output="x.npy"):
        done = self.saddle("sample", "run/run.h5", "-o", output, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return np.load(self.folder / output)

    def refuse(self, code, text, *arguments):
        self.expect(self.saddle("sample", "run/run.h5", *arguments), code, text)

    def test_rows_are_those_that_the_run_logged_bit_for_bit(self):
        with h5py.File(self.folder / "run/run.h5") as run:
            for row, step in enumerate(run["samples/step"][...]):
                for threads in ("1", "2"):
                    found = self.sample("--count", "600", "--step", step, "--threads", threads,
                                        "--save-latent", "l.npy")
                    self.assertEqual(found.tobytes(), run["samples/generated"][row].tobytes())
                    self.assertEqual(np.load(self.folder / "l.npy").tobytes(),
                                     run["samples/latent"][row].tobytes())
            last = run["samples/generated"][-1]
        # The first rows do not depend on the count, and the last step is the default.
        self.assertEqual(self.sample("--count", "7").tobytes(), last[:7].tobytes())
        more = self.sample("--count", "1500")
        self.assertEqual(more[:600].tobytes(), last.tobytes())
        self.assertEqual(len(np.unique(more, axis=0)), 1500)

    def test_another_seed_gives_other_samples_of_the_same_generator(self):
        first, other = self.sample("--count", "500"), self.sample("--count", "500", "--seed", "9")
        self.assertFalse((first == other).any())
        # Of one law: means of 500 differ by five standard errors at most.
        error = np.sqrt((first.var(0) + other.var(0)) / 500)
        self.assertTrue((abs(first.mean(0) - other.mean(0)) < 5 * error).all())
        self.assertEqual(self.sample("--count", "500", "--seed", "1").tobytes(), first.tobytes())

    def test_the_best_weights_are_those_of_their_step(self):
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            step = int(run["best/step"][-1])
            modes = run["metrics/modes"]
            self.assertEqual(modes["modes"][list(modes["step"]).index(step)], max(modes["modes"]))
            # Only these weights may be read.
            for name in run["weights/average"]:
                run["weights/average"][name][...] = 0
        best = json.loads(self.saddle("sample", "run/run.h5", "--count", "5", "--best", "-o", "best.npy",
                                      "--json").stdout)
        self.assertEqual(best, {"run": "run/run.h5", "file": "best.npy", "step": step, "seed": 1,
                                "shape": [5, 2]})
        self.assertGreater(abs(np.load(self.folder / "best.npy")).max(), 0)

    def test_parts_are_held_and_paths_are_drawn(self):
        self.sample("--count", "6", "--latent", "c=each", "--latent", "z=[1, 2, 3]", "--save-latent", "l.npy")
        latent = np.load(self.folder / "l.npy")
        self.assertTrue((latent[:, :3] == [1, 2, 3]).all())
        self.assertEqual(list(latent[:, 3:].argmax(1)), [0, 1, 2, 3, 0, 1])
        path = self.sample("--count", "5", "--interpolate", "--save-latent", "l.npy")
        latent = np.load(self.folder / "l.npy")
        self.assertEqual(path[0].tobytes(), self.sample("--count", "1")[0].tobytes())
        self.assertTrue((latent[:, 3:] == latent[0, 3:]).all())
        # Neighbours are equally far apart in angle.
        units = latent[:, :3] / np.linalg.norm(latent[:, :3], axis=1, keepdims=True)
        angles = np.arccos((units[1:] * units[:-1]).sum(1))
        np.testing.assert_allclose(angles, angles.mean(), rtol=1e-4)

    def test_messages_say_what_to_do(self):
        self.refuse(2, "--output x.jpg: expected a name that ends in .npy (numbers) or .png (a picture).",
                    "--count", "1", "-o", "x.jpg")
        self.refuse(2, "--save-latent l.csv: expected a name that ends in .npy.",
                    "--count", "1", "-o", "x.npy", "--save-latent", "l.csv")
        self.refuse(2, "--save-latent x.npy: is the file of the samples. Take another name.",
                    "--count", "1", "-o", "x.npy", "--save-latent", "x.npy")
        self.refuse(2, "--columns: only a picture has columns. Leave it out, or write a .png file.",
                    "--count", "1", "-o", "x.npy", "--columns", "2")
        self.refuse(2, "samples of shape [2] are no images [height, width, 1 or 3]. Write a .npy file.",
                    "--count", "1", "-o", "x.png")
        self.refuse(4, "run/run.h5: holds no weights of step 13; the nearest is step 10, the last 25.",
                    "--count", "1", "-o", "x.npy", "--step", "13")
        self.refuse(4, "no/x.npy: cannot be written: No such file or directory.", "--count", "1", "-o", "no/x.npy")
        self.refuse(2, "--latent d=1: the latent of this run has no part 'd'. Did you mean 'z'? Its parts are: "
                       "z, c.", "--count", "1", "-o", "x.npy", "--latent", "d=1")
        self.assertFalse((self.folder / "x.npy").exists())

    def test_weights_of_an_earlier_step_than_the_run_are_told(self):
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            for table in ("weights", "states"):
                run[table]["step"][-1] = -1
        done = self.saddle("sample", "run/run.h5", "--count", "1", "-o", "x.npy")
        self.expect(done, 0, "warning: the run has come to step 25, and the last weights in its log are of step 20; "
                             "log.weights.every keeps more, and a run that ends in order those of its end.\n"
                             "wrote x.npy: samples [1, 2] of step 20, seed 1")

    def test_an_interrupted_one_leaves_nothing(self):
        sample = subprocess.Popen([str(SADDLE), "sample", "run/run.h5", "--count", "1000000000", "-o", "x.npy"],
                                  cwd=self.folder, stderr=subprocess.PIPE, text=True)
        while not (self.folder / "x.npy.partial").exists():
            self.assertIsNone(sample.poll())
            time.sleep(0.01)
        sample.send_signal(signal.SIGTERM)
        self.assertEqual(sample.communicate()[1].splitlines()[-1], "interrupted; nothing was written.")
        self.assertEqual(sample.returncode, 143)
        self.assertEqual(list(self.folder.glob("x.npy*")), [])

    def test_a_run_without_best_weights_says_so(self):
        self.assertEqual(self.run_spec(spec_text(), "--overwrite").returncode, 0)
        self.refuse(4, "run/run.h5: keeps no best weights. Set log.best in the spec and run it again, or take a "
                       "step.", "--count", "1", "-o", "x.npy", "--best")

    def test_a_run_whose_metrics_are_gone_is_sampled(self):
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            text = run["spec/resolved"].asstr()[()].replace("plugin: modes", "plugin: gone")
            del run["spec/resolved"]
            run["spec/resolved"] = text
        self.assertEqual(self.sample("--count", "2").shape, (2, 2))


class Pictures(CommandTest):
    def test_images_lie_in_a_grid_with_the_levels_of_the_data(self):
        # Two gray images, black and white, one number a pixel.
        np.save(self.folder / "images.npy", np.array([[-1] * 6, [1] * 6], "f4").reshape(2, 2, 3, 1))
        self.assertEqual(self.run_spec(spec_text(
            dataset="{plugin: npy, path: images.npy}", losses="[{plugin: bce}]",
            train="{steps: 3, batch: 2}", log="{samples: {every: 3, count: 5}}")).returncode, 0)
        for arguments, shape in (((), (4, 9)), (("--columns", "5"), (2, 15)), (("--interpolate",), (2, 15))):
            done = self.saddle("sample", "run/run.h5", "--count", "5", "-o", "x.png", *arguments)
            self.expect(done, 0, "wrote x.png: samples [5, 2, 3, 1] of step 3, seed 1")
            header = (self.folder / "x.png").read_bytes()[16:24]
            self.assertEqual((int.from_bytes(header[4:], "big"), int.from_bytes(header[:4], "big")), shape)


if __name__ == "__main__":
    unittest.main()
