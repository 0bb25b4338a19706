"""Runs that end early, by a plugin's fault or by the user: the message, the exit code, and a run file
that plain readers open and that holds what came before."""
import json
import os
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np
from command import FAULTY, SADDLE, CommandTest, spec_text

EVENTS = ["started", "resumed", "finished", "interrupted", "stopped", "diverged", "failed"]


class Runs(CommandTest):
    def events(self, out="run"):
        with h5py.File(self.folder / out / "run.h5") as run:
            return [EVENTS[kind] for kind in run["events/kind"][...]]

    def logged_steps(self, out="run"):
        with h5py.File(self.folder / out / "run.h5") as run:
            return list(run["losses/step"][...])

    def faulty(self, code, message, **sections):
        done = self.run_spec(spec_text(**sections), "--overwrite", "--plugin-path", FAULTY)
        lines = [line for line in done.stderr.strip().splitlines() if "writing" not in line]
        self.assertEqual("\n".join(lines), message)
        self.assertEqual(done.returncode, code)

    def test_a_run_leaves_its_log(self):
        done = self.run_spec(spec_text())
        self.expect(done, 0, "writing run/run.h5\nfinished at step 20")
        self.assertEqual(self.logged_steps(), list(range(1, 21)))
        self.assertEqual(self.events(), ["started", "finished"])
        with h5py.File(self.folder / "run" / "run.h5") as run:
            self.assertEqual(run.attrs["format"], "saddle-run")
            self.assertEqual(int(run["progress/step"][()]), 20)
            self.assertEqual(list(run["samples/step"][...]), [0, 10, 20])
            self.assertEqual(run["samples/generated"].shape, (3, 16, 2))
            self.assertEqual(run["weights/generator/body.0.weight"].shape, (3, 2, 8))
            self.assertIn("form", run["spec/resolved"][()].decode())
        self.assertIn("finished at step 20", (self.folder / "run" / "log.txt").read_text())

    def test_an_existing_folder_is_kept(self):
        (self.folder / "run").mkdir()
        done = self.run_spec(spec_text())
        self.expect(done, 2, "run: exists already. Choose another folder with --out, or pass "
                             "--overwrite.")
        self.assertEqual(self.run_spec(spec_text(), "--overwrite").returncode, 0)

    def test_a_folder_in_place_of_the_log_is_kept(self):
        (self.folder / "run/run.h5/kept").mkdir(parents=True)
        self.expect(self.run_spec(spec_text(), "--overwrite"), 4,
                    "run/run.h5: cannot be replaced: Directory not empty.")

    def test_a_folder_that_cannot_be_made(self):
        self.write("a file", "blocked")
        self.expect(self.run_spec(spec_text(), out="blocked/run"), 4,
                    "blocked/run: cannot be made: Not a directory.")

    def test_a_constructor_that_throws(self):
        self.faulty(3, "generator 'throws-in-constructor' (constructor) failed: no licence",
                    generator="{plugin: throws-in-constructor}")

    def test_a_forward_that_throws_at_step_3(self):
        self.faulty(3, "generator 'throws-at-three' (forward, step 3) failed: out of ideas",
                    generator="{plugin: throws-at-three}")
        self.assertEqual(self.logged_steps(), [1, 2])
        self.assertEqual(self.events(), ["started", "failed"])

    def test_wrong_shapes_are_found_before_training(self):
        self.faulty(3, "generator 'wrong-shape' (forward, dry pass) must return samples [2, 2]; "
                       "it returned [2, 1].", generator="{plugin: wrong-shape}")
        self.faulty(3, "discriminator 'wrong-logits' (forward, dry pass) must return logits [n, 1] "
                       "for an input of [2, 2]; it returned [2, 2].",
                    discriminator="{plugin: wrong-logits}")

    def test_values_that_are_not_finite_stop_the_run(self):
        self.faulty(5, "generator 'nan-at-three' (forward, step 3) returned samples that are not "
                       "finite.", generator="{plugin: nan-at-three}")
        self.assertEqual(self.logged_steps(), [1, 2])
        self.assertEqual(self.events(), ["started", "diverged"])

    def test_a_learning_rate_that_is_too_high_diverges_with_a_name(self):
        # The weight makes the step overflow in double too.
        self.faulty(5, "step 1: the new value of the discriminator's 'body.0.weight' is not finite.",
                    losses="[{plugin: bce, weight: 1.0e+10}]",
                    train="{steps: 20, batch: 16, "
                          "optimizer: {discriminator: {sgd: {lr: 1.0e+300}}}}")
        self.assertEqual(self.logged_steps(), [])

    def test_a_series_that_was_not_declared(self):
        self.faulty(3, "loss 'undeclared-series' (discriminator objective, step 1) failed: loss "
                       "'undeclared-series' logs 'surprise', which it does not declare in series()",
                    losses="[{plugin: bce}, {plugin: undeclared-series}]")

    def test_a_series_of_a_reserved_name(self):
        self.faulty(3, "metric 'reserved-series' declares a series 'step', which is reserved.",
                    metrics="[{plugin: reserved-series}]")

    def test_a_metric_that_returns_too_little(self):
        self.faulty(3, "metric 'too-few-values' (evaluate, step 0) must return 2 values, one for "
                       "each series; it returned 1.", metrics="[{plugin: too-few-values}]")
        self.assertIn("step -1, failed", self.saddle("show", "run/run.h5").stdout)

    def test_a_dataset_without_samples(self):
        self.faulty(3, "dataset 'empty' must hold samples to train on; it holds none.",
                    dataset="{plugin: empty}")

    def test_a_loss_that_cannot_name_its_series(self):
        self.faulty(3, "loss 'throws-in-series' (objectives, series and weights) failed: no names",
                    losses="[{plugin: bce}, {plugin: throws-in-series}]")

    def test_what_plugins_return_keeps_its_promise(self):
        self.faulty(3, "dataset 'labels-from-one' (samples for records, step 0) failed: labels must be from 0 to 2; "
                       "there is a label 3.", dataset="{plugin: labels-from-one}")
        self.faulty(3, "dataset 'too-few-rows' (samples for records, step 0) failed: samples must be [16, 2]; they are "
                       "[15, 2].", dataset="{plugin: too-few-rows}")
        self.faulty(3, "loss 'own-vector' (own objective, step 1) must return a scalar []; it returned [2].",
                    losses="[{plugin: bce}, {plugin: own-vector}]")
        self.faulty(3, "loss 'forgets-gradients' (combine, step 1) must return 4 tensors, one for each parameter; it "
                       "returned 0.", losses="[{plugin: bce}, {plugin: forgets-gradients}]")
        self.faulty(3, "loss 'bends-gradients' (combine, step 1) must return the shapes of the parameters: tensor 3 is "
                       "[1, 1] instead of [2].", losses="[{plugin: bce}, {plugin: bends-gradients}]")

    def test_metrics_see_no_row_of_the_data_twice(self):
        metric = "[{plugin: kl-neighbours, samples: 101}]"
        self.expect(self.run_spec(spec_text(dataset="{plugin: ring, points: 100}", metrics=metric)), 2,
                    "spec.yaml:8:11: metric 'kl-neighbours' sees 101 real samples, and dataset 'ring' trains on 100. "
                    "Write samples: 100, or fewer, in its entry.")

    def test_data_that_cannot_be_read(self):
        self.faulty(4, "dataset 'unreadable' (samples, step 1): row 7 is not a number",
                    dataset="{plugin: unreadable}", log="{samples: {every: 10, count: 8}}")

    def test_signals_end_a_run_in_order(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            out = f"run-{code}"
            spec = self.write(spec_text(train="{steps: 100000000, batch: 16}"))
            process = subprocess.Popen([str(SADDLE), "run", spec, "--out", out], cwd=self.folder,
                                       stderr=subprocess.PIPE, text=True)
            log = self.folder / out / "run.h5"
            while not log.exists():
                self.assertIsNone(process.poll())
                time.sleep(0.02)
            time.sleep(0.2)
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
            self.assertEqual(process.returncode, code)
            self.assertIn("interrupted at step", errors)
            self.assertEqual(self.events(out), ["started", "interrupted"])
            steps = self.logged_steps(out)
            self.assertEqual(steps, list(range(1, len(steps) + 1)))
            with h5py.File(log) as run:
                last = int(run["progress/step"][()])
                self.assertEqual(last, steps[-1])
                self.assertEqual(run["samples/step"][-1], last)
                self.assertEqual(run["weights/step"][-1], last)

    def test_a_run_stops_when_a_series_is_where_it_should_be(self):
        text = spec_text(train="{steps: 500, batch: 16, "
                               "stop_when: {series: discriminator, below: 100, patience: 3}}")
        done = self.run_spec(text)
        self.expect(done, 0, "writing run/run.h5\nstopped at step 3: discriminator was below 100 "
                             "in 3 records")
        self.assertEqual(self.events(), ["started", "stopped"])
        with h5py.File(self.folder / "run" / "run.h5") as run:
            self.assertEqual(list(run["samples/step"][...]), [0, 3])

    def test_results_that_cannot_be_written_are_an_error(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([str(SADDLE), "plugins"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.expect(done, 4, "standard output: cannot be written.")

    def test_names_that_are_no_utf8_stand_in_json(self):
        os.mkdir(os.fsencode(self.folder) + b"/bad\xff")
        done = subprocess.run([os.fsencode(SADDLE), b"--plugin-path", os.fsencode(self.folder) + b"/bad\xff",
                               b"plugins", b"--json"], capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        json.loads(done.stdout)

    def test_show_summarises_a_run_and_refuses_what_is_none(self):
        self.run_spec(spec_text())
        done = self.saddle("show", "run/run.h5")
        self.assertEqual(done.returncode, 0)
        self.assertIn("step 20, finished", done.stdout)
        with h5py.File(self.folder / "other.h5", "w") as other:
            other["x"] = np.zeros(3)
        self.expect(self.saddle("show", "other.h5"), 4,
                    "other.h5: this HDF5 file is no run of saddle.")
        self.assertEqual(self.saddle("show", "absent.h5").returncode, 4)


if __name__ == "__main__":
    unittest.main()
