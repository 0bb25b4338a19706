"""Runs that are compared with one another and with what their spec gives when it is run again."""
import os
import shutil
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np
from command import SADDLE, CommandTest, spec_text

SECTIONS = {
    "train": "{steps: 40, batch: 16, average: 0.9}",
    "metrics": "[{plugin: modes, every: 10, samples: 100}]",
    "log": "{samples: {every: 10, count: 16}, weights: {every: 10}, states: {every: 10}}",
}


# Of 40 steps: 6 loss series; of every tenth, players 10 + 5 series; with step 0 too, 2 arrays of
# samples, 12 of weights, 5 series of modes, and 28 tensors and 24 numbers of each state. The real
# samples are one.
RECORDS = 40 * 6 + 4 * 15 + 5 * (2 + 12 + 5 + 28 + 24) + 1
SIDES = "(the first is the file, the second was run now)"


class Verify(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(**SECTIONS)).returncode, 0)

    def said(self, code, message, *arguments):
        done = self.saddle(*arguments)
        self.assertEqual(done.stdout.strip(), message, done.stderr)
        self.assertEqual(done.returncode, code)

    def changed_run(self):
        return h5py.File(self.folder / "run/run.h5", "a")

    def change(self, dataset, row, index=(), by=1.0):
        """Changes one number of the run; returns what it was and is."""
        with self.changed_run() as run:
            record = np.array(run[dataset][row])
            before = float(record[index])
            record[index] += by
            run[dataset][row] = record
            return before, float(run[dataset][row][index])

    def test_a_run_is_the_same_when_it_is_run_again(self):
        self.said(0, f"run/run.h5: the same in {RECORDS} records up to step 40.", "verify", "run/run.h5")
        self.said(0, "run/run.h5: the same in 3 of 4 stretches between its states.", "verify",
                  "run/run.h5", "--windows", 3)

    def test_a_number_that_was_changed_is_found(self):
        before, after = self.change("weights/generator/body.0.weight", 2, (1, 3))
        self.said(1, "run/run.h5: differs at step 20, /weights/generator/body.0.weight[1, 3]: "
                     f"{after} in the first, {before} in the second (the first is the file, the "
                     "second was run now).", "verify", "run/run.h5")

    def test_real_samples_that_were_overwritten_are_found(self):
        before, after = self.change("samples/real", 3, (1,))
        self.said(1, f"run/run.h5: differs at step 0, /samples/real[3, 1]: {after} in the first, "
                     f"{before} in the second {SIDES}.", "verify", "run/run.h5")

    def test_what_was_deleted_is_found(self):
        with self.changed_run() as run:
            del run["losses/r1-discriminator"]
        self.said(1, f"run/run.h5: differs: only in the second: /losses/r1-discriminator {SIDES}.",
                  "verify", "run/run.h5")
        with self.changed_run() as run:
            del run["metrics/modes"]
        self.said(1, "run/run.h5: differs: only in the second: /losses/r1-discriminator, "
                     f"/metrics/modes {SIDES}.", "verify", "run/run.h5")

    def test_what_was_added_is_found_beside_a_number_that_was_changed(self):
        with self.changed_run() as run:
            run["losses/again"] = run["losses/generator"]
        before, after = self.change("samples/latent", 1, (2, 0))
        self.said(1, f"run/run.h5: differs at step 10, /samples/latent[2, 0]: {after} in the first, "
                     f"{before} in the second; only in the first: /losses/again {SIDES}.",
                  "verify", "run/run.h5")

    def test_a_column_of_another_shape_is_found(self):
        with self.changed_run() as run:
            weights = run["weights/generator"]
            del weights["body.0.weight"]
            weights["body.0.weight"] = weights["body.0.bias"]
        self.said(1, "run/run.h5: differs: of another shape: /weights/generator/body.0.weight "
                     f"{SIDES}.", "verify", "run/run.h5")

    def test_steps_that_only_one_has_are_found(self):
        with self.changed_run() as run:
            run["metrics/modes/step"][3] = 35
        self.said(1, "run/run.h5: differs: steps only in the first: /metrics/modes (1, the first "
                     "35); steps only in the second: /metrics/modes (1, the first 30) "
                     f"{SIDES}.", "verify", "run/run.h5")
        with self.changed_run() as run:
            for column in run["metrics/modes"].values():
                column.resize(2, axis=0)
        self.said(1, "run/run.h5: differs: steps only in the second: /metrics/modes (3, the first "
                     f"20) {SIDES}.", "verify", "run/run.h5")

    def ended_by(self, number, out):
        """Ends a long run by a signal; returns the step to which it had come."""
        self.write(spec_text(**{**SECTIONS, "train": "{steps: 1000000, batch: 16, average: 0.9}"}))
        process = subprocess.Popen([str(SADDLE), "run", "spec.yaml", "--out", out], cwd=self.folder,
                                   stderr=subprocess.DEVNULL)
        path = self.folder / out / "run.h5"
        while not path.exists() or self.committed(path) < 50:
            self.assertIsNone(process.poll())
            time.sleep(0.01)
        process.send_signal(number)
        process.wait()
        return self.committed(path)

    def committed(self, path):
        with h5py.File(path, "r", swmr=True) as run:
            return int(run["progress/step"][()])

    def test_runs_that_were_killed_or_interrupted_are_the_same_as_far_as_they_came(self):
        for number in (signal.SIGKILL, signal.SIGINT):
            with self.subTest(number.name):
                step = self.ended_by(number, number.name)
                done = self.saddle("verify", f"{number.name}/run.h5")
                self.assertRegex(done.stdout, rf"^{number.name}/run.h5: the same in \d+ records up to "
                                              rf"step {step}\.\n$", done.stderr)
                self.assertEqual(done.returncode, 0)

    def test_a_run_that_was_killed_in_the_midst_of_its_last_records_is_the_same_before(self):
        with self.changed_run() as run:
            run["progress/step"][()] = 39
        same = f"run/run.h5: the same in {39 * 6 + 3 * 15 + 4 * 71 + 1} records up to step 39."
        self.said(0, same, "verify", "run/run.h5")
        # Its last event is kept, at the last step that is left.
        self.assertEqual(self.saddle("repair", "run/run.h5").returncode, 0)
        self.said(0, same, "verify", "run/run.h5")

    def test_a_run_that_was_given_more_steps_is_the_same_without_what_it_recorded_at_its_first_end(self):
        train = "{steps: %d, batch: 16, average: 0.9}"
        self.run_spec(spec_text(**{**SECTIONS, "train": train % 15}), out="longer")
        done = self.saddle("resume", "longer", "--set", "train.steps=40")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.said(0, f"longer/run.h5: the same in {RECORDS} records up to step 40.", "verify",
                  "longer/run.h5")

    def test_a_run_that_rolled_back_is_the_same_when_it_is_run_again(self):
        text = spec_text(losses="[{plugin: wasserstein}]", train="{steps: 40, batch: 16, on_divergence: "
                         "rollback, optimizer: {generator: {sgd: {lr: 1000}}, discriminator: {sgd: "
                         "{lr: 1000}}}}")
        self.assertEqual(self.run_spec(text, out="rolled").returncode, 5)
        done = self.saddle("verify", "rolled/run.h5")
        self.assertIn("rolled/run.h5: the same in ", done.stdout, done.stderr)
        self.assertEqual(done.returncode, 0)

    def test_a_run_that_diverged_is_the_same_up_to_its_last_step(self):
        # At the last step that is committed the generator is on its way out already: samples of it,
        # which the run never drew, are not finite.
        text = spec_text(
            generator="{plugin: mlp, hidden: [8], norm: batch}", losses="[{plugin: wasserstein}]",
            train="{steps: 60, batch: 16, optimizer: {generator: {sgd: {momentum: 0.5, lr: "
                  "{exponential: {from: 1.0e-2, to: 1.0e+290, start: 20}}}}}}")
        self.assertEqual(self.run_spec(text, out="diverged").returncode, 5)
        done = self.saddle("verify", "diverged/run.h5")
        self.assertIn("diverged/run.h5: the same in ", done.stdout, done.stderr)
        self.assertEqual(done.returncode, 0)

    def test_an_interrupted_verification_leaves_nothing_behind(self):
        self.run_spec(spec_text(train="{steps: 4000, batch: 256}",
                                discriminator="{plugin: mlp, hidden: [128]}"), out="long")
        (self.folder / "tmp").mkdir()
        process = subprocess.Popen([str(SADDLE), "verify", "long/run.h5"], cwd=self.folder, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**os.environ, "TMPDIR": str(self.folder / "tmp")})
        while not list(self.folder.glob("tmp/*/run.h5")):
            self.assertIsNone(process.poll(), "it was done before it was interrupted")
            time.sleep(0.001)
        process.terminate()
        out, errors = process.communicate(timeout=60)
        self.assertEqual(out.strip(), "long/run.h5: interrupted before it was compared.", errors)
        self.assertEqual(process.returncode, 143)
        self.assertEqual(list((self.folder / "tmp").iterdir()), [])

    def test_a_run_that_was_given_more_steps_is_said_to_be_one(self):
        train = "{steps: %d, batch: 16, optimizer: {discriminator: {adam: {lr: {linear: {from: 0.01, to: 0}}}}}}"
        self.run_spec(spec_text(train=train % 10), out="longer")
        done = self.saddle("resume", "longer", "--set", "train.steps=20")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.saddle("verify", "longer/run.h5")
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stdout.strip().endswith(
            "It was given more steps (train.steps=20) when it was resumed: schedules that follow the "
            "length of the run were others before, and such a run cannot be repeated whole."), done.stdout)

    def test_a_state_that_was_changed_is_found_in_its_stretch(self):
        before, after = self.change("states/generator/parameters/body.0.weight", 2, (1, 3))
        self.said(1, "run/run.h5: differs from step 10 to step 20: "
                     f"generator/parameters/body.0.weight, element 11: {after} is stored, {before} "
                     "was found.", "verify", "run/run.h5", "--windows", 4)

    def test_a_run_without_states_has_no_windows(self):
        self.run_spec(spec_text(), out="other")
        self.expect(self.saddle("verify", "other/run.h5", "--windows", 1), 2,
                    "other/run.h5: holds no two states to verify between. Set log.states.every in "
                    "the spec, or verify the whole run.")

    def test_plugins_are_found_by_name_never_by_a_path_in_the_file(self):
        shutil.copytree(SADDLE.parent / "plugins", self.folder / "plugins",
                        ignore=shutil.ignore_patterns("CMake*"))
        changes = {**SECTIONS, "generator": "{plugin: ./plugins/generator-mlp.so, hidden: [8]}"}
        self.assertEqual(self.run_spec(spec_text(**changes), out="other").returncode, 0)
        shutil.rmtree(self.folder / "plugins")
        self.said(0, f"other/run.h5: the same in {RECORDS} records up to step 40.", "verify",
                  "other/run.h5")

    def test_the_first_difference_of_two_runs(self):
        shutil.copytree(self.folder / "run", self.folder / "other")
        self.said(0, f"no difference in {RECORDS} records", "diff", "run/run.h5", "other/run.h5")
        before, after = self.change("losses/generator", 29)
        self.said(1, f"first difference: step 30, /losses/generator: {after} in the first, {before} "
                     "in the second", "diff", "run/run.h5", "other/run.h5")
        before, after = self.change("samples/generated", 2, (15, 1))
        self.said(1, f"first difference: step 20, /samples/generated[15, 1]: {after} in the first, "
                     f"{before} in the second", "diff", "run/run.h5", "other/run.h5")
        before, after = self.change("samples/real", 15, (1,))
        self.said(1, f"first difference: step 0, /samples/real[15, 1]: {after} in the first, "
                     f"{before} in the second", "diff", "run/run.h5", "other/run.h5")

    def test_a_replay_goes_on_from_the_last_equal_state_and_finds_no_difference_in_a_changed_log(self):
        shutil.copytree(self.folder / "run", self.folder / "other")
        before, after = self.change("losses/generator", 29)
        self.said(1, f"first difference: step 30, /losses/generator: {after} in the first, {before} "
                     "in the second\nreplayed from step 30 to step 30: they are the same; saddle "
                     "verify tells which file is not what its spec gives",
                  "diff", "run/run.h5", "other/run.h5", "--replay")

    def test_a_replay_names_the_tensor_in_which_two_runs_part(self):
        # The noise begins after step 20.
        noise = "instance_noise: {linear: {from: 0, to: 1, start: 20, end: 40}}"
        changes = {**SECTIONS, "train": SECTIONS["train"].replace("{", "{" + noise + ", ")}
        self.assertEqual(self.run_spec(spec_text(**changes), out="other").returncode, 0)
        done = self.saddle("diff", "run/run.h5", "other/run.h5", "--replay")
        self.assertRegex(done.stdout, r"\nreplayed from step 20: they part at step 21, average/body.0.bias, "
                                      r"element 0: \S+ in the first, \S+ in the second\n")
        self.assertEqual(done.returncode, 1)

    def test_what_only_one_run_has(self):
        changes = {**SECTIONS, "metrics": "[]", "log": SECTIONS["log"].replace("10", "20")}
        self.assertEqual(self.run_spec(spec_text(**changes), out="other").returncode, 0)
        done = self.saddle("diff", "run/run.h5", "other/run.h5")
        self.assertRegex(done.stdout, r"^no difference in \d+ records\nonly in the first: "
                                      r"/metrics/modes\n$")
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
