"""A run that was killed, interrupted, extended or rolled back: it goes on as if nothing had been, or
says why it cannot."""
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

import h5py
import numpy as np
from command import FAULTY, SADDLE, CommandTest, spec_text
from run_files import events, numbers, series

SECTIONS = {
    "latent": "{code: {codebook: {size: 2, entries: 8}}, z: {normal: 2}}",
    "train": "{steps: 400, batch: 32, average: 0.9, instance_noise: 0.1, "
             "optimizer: {generator: {adam: {lr: {cosine: {from: 0.01, to: 0}}}}, "
             "discriminator: {rmsprop: {lr: 0.001}}}, "
             "stop_when: {series: modes/modes, below: -1, patience: 3}}",
    "metrics": "[{plugin: modes, every: 30, samples: 200}]",
    "log": "{losses: {every: 3}, samples: {every: 70, count: 16}, weights: {every: 90}, "
           "checkpoint: {every: 20}, best: {series: generator, keep: min}}",
}


class Resume(CommandTest):
    def begin(self, out="run", **changes):
        """A running process."""
        self.write(spec_text(**{**SECTIONS, **changes}))
        return subprocess.Popen([str(SADDLE), "run", "spec.yaml", "--out", out], cwd=self.folder,
                                stderr=subprocess.PIPE, text=True)

    def whole(self, out="whole", **changes):
        done = self.run_spec(spec_text(**{**SECTIONS, **changes}), out=out)
        self.assertEqual(done.returncode, 0, done.stderr)
        return numbers(self.folder / out / "run.h5")

    def end(self, process, number, code):
        """Sends a signal once the second checkpoint by schedule is there."""
        while not (self.folder / "run/checkpoint-previous.h5").exists():
            self.assertIsNone(process.poll(), "the run ended before it was interrupted")
            time.sleep(0.001)
        process.send_signal(number)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, code)

    def resumed(self, *arguments, code=0):
        done = self.saddle("resume", "run", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def same(self, expected):
        found = numbers(self.folder / "run/run.h5")
        self.assertEqual(sorted(found), sorted(expected))
        self.assertEqual([name for name in expected if found[name] != expected[name]], [])
        steps = series(self.folder / "run/run.h5", "losses/step")
        self.assertTrue((np.diff(steps) > 0).all())

    def refused(self, code, message, *arguments):
        before = {file.name: file.read_bytes() for file in (self.folder / "run").iterdir()
                  if file.name != "log.txt"}
        self.expect(self.saddle("resume", "run", *arguments), code, message)
        after = {file.name: file.read_bytes() for file in (self.folder / "run").iterdir()
                 if file.name != "log.txt"}
        self.assertEqual(before, after)

    def damage(self, name, place=-100):
        path = self.folder / "run" / name
        content = bytearray(path.read_bytes())
        content[place] ^= 1
        path.write_bytes(content)

    def test_a_killed_run(self):
        expected = self.whole(train=SECTIONS["train"].replace("400", "1500"))
        self.end(self.begin(train=SECTIONS["train"].replace("400", "1500")), signal.SIGKILL, -9)
        self.resumed()
        self.same(expected)
        kinds = [kind for kind, _, _ in events(self.folder / "run/run.h5")]
        self.assertEqual(kinds, ["started", "resumed", "finished"])

    def test_an_interrupted_run_forgets_what_it_recorded_only_because_it_ended(self):
        train = SECTIONS["train"].replace("400", "1500")
        expected = self.whole(train=train)
        self.end(self.begin(train=train), signal.SIGINT, 130)
        self.assertEqual(events(self.folder / "run/run.h5")[-1][0], "interrupted")
        self.resumed()
        self.same(expected)

    def test_a_finished_run_stays_as_it_is(self):
        self.whole(out="run")
        self.refused(0, "finished already at step 400; --set train.steps=N goes on.")

    def test_a_finished_run_that_was_killed_while_it_closed_its_log_is_closed(self):
        self.assertEqual(self.run_spec(spec_text()).returncode, 0)
        expected = numbers(self.folder / "run/run.h5")
        # As the writer leaves it: open for watching, and then no more.
        killed = "import h5py, os, sys\n" \
                 "run = h5py.File(sys.argv[1], 'r+', libver='latest')\n" \
                 "run.swmr_mode = True\n" \
                 "os.kill(os.getpid(), 9)"
        subprocess.run([sys.executable, "-c", killed, "run/run.h5"], cwd=self.folder, check=False)
        with self.assertRaises(OSError):
            h5py.File(self.folder / "run/run.h5")
        self.resumed()
        self.same(expected)

    def test_more_steps_give_the_run_that_was_longer_from_the_start(self):
        train = SECTIONS["train"].replace("{cosine: {from: 0.01, to: 0}}", "0.01")
        expected = self.whole(train=train.replace("400", "500"))
        self.whole(out="run", train=train)
        self.resumed("--set", "train.steps=500")
        self.same(expected)
        with h5py.File(self.folder / "run/run.h5") as run:
            self.assertEqual(run["provenance/resumes/1/set"][()].decode(), "train.steps=500")
            self.assertEqual(int(run["provenance/resumes/1/step"][()]), 400)
            self.assertIn("steps: 500", run["spec/resolved"][()].decode())

    def test_more_steps_change_schedules_that_follow_the_length_which_is_warned_of(self):
        self.whole(out="run")
        done = self.resumed("--set", "train.steps=500")
        self.assertIn("the run gets another length, which the schedules of "
                      "train.optimizer.generator follow: where they had begun to change it is not the "
                      "run that had this length from the start, and verify cannot repeat it whole.", done.stderr)

    def test_a_run_that_its_stop_rule_ended_stays_as_it_is(self):
        self.whole(out="run", train="{steps: 500, batch: 16, "
                                    "stop_when: {series: discriminator, below: 100, patience: 3}}")
        for arguments in ((), ("--set", "train.steps=600")):
            self.refused(0, "stopped already at step 9, where train.stop_when was met.", *arguments)

    def test_a_run_by_epochs_goes_on_by_epochs(self):
        epochs = {"train": "{epochs: 2, batch: 50}", "dataset": "{plugin: ring, points: 200}"}
        self.whole(out="run", **epochs)
        self.refused(0, "finished already at step 8; --set train.epochs=N goes on.")
        self.assertIn("finished at step 12", self.resumed("--set", "train.epochs=3").stderr)

    def test_where_the_plugins_of_a_run_lay_is_said(self):
        text = spec_text(train="{steps: 5, batch: 16}", metrics="[{plugin: remembers-snapshots}]")
        self.assertEqual(self.run_spec(text, "--plugin-path", FAULTY).returncode, 0)
        for command in (("resume", "run"), ("verify", "run/run.h5")):
            done = self.saddle(*command)
            self.assertEqual(done.returncode, 3)
            self.assertIn("No metric is called 'remembers-snapshots'", done.stderr)
            self.assertRegex(done.stderr, r"The run took its plugins from .*" + str(FAULTY.resolve()))
            self.assertIn(". Give such folders with --plugin-path, if you trust them.", done.stderr)

    def test_another_spec_is_refused(self):
        self.whole(out="run")
        self.refused(2, "this run cannot go on: its spec changed: generator.hidden.0 was 8 and "
                        "would be 9; losses.1.gamma was 0.1 and would be 2. Begin a new run with "
                        "the new spec.", "--set", "generator.hidden=[9]", "--set",
                     "losses.r1.gamma=2", "--set", "train.steps=500")
        self.refused(2, "train.steps: the run has come to step 400 already; it cannot end at step "
                        "300.", "--set", "train.steps=300")

    def test_other_data_are_refused(self):
        points = np.random.default_rng(1).normal(size=(100, 2))
        np.save(self.folder / "points.npy", points)
        self.whole(out="run", dataset="{plugin: npy, path: points.npy}", metrics="[]",
                   train="{steps: 40, batch: 32}")
        np.save(self.folder / "points.npy", points + 1)
        done = self.resumed("--set", "train.steps=500", code=4)
        self.assertRegex(done.stderr, "^this run cannot go on: its data changed: dataset/sha256 was "
                                      "[0-9a-f]{64} and is [0-9a-f]{64}. Put back the data that it "
                                      "began with, or begin a new run.\n$")

    def test_another_plugin_is_refused(self):
        plugins = self.folder / "plugins"
        shutil.copytree(SADDLE.parent / "plugins", plugins, ignore=shutil.ignore_patterns("CMake*"))
        self.whole(out="run", generator="{plugin: ./plugins/generator-mlp.so, hidden: [8]}")
        with open(plugins / "generator-mlp.so", "ab") as library:
            library.write(b"\0")
        done = self.resumed("--set", "train.steps=500", code=3)
        self.assertRegex(done.stderr, "^this run cannot go on: the host or a plugin changed: "
                                      "plugins/generator-mlp/sha256 was [0-9a-f]{64} and is "
                                      "[0-9a-f]{64}. Put back what it began with, or begin a new "
                                      "run.\n$")

    def test_a_damaged_checkpoint_gives_way_to_the_one_before(self):
        def damaged():
            self.damage("checkpoint.h5")
            size = os.path.getsize(self.folder / "run/checkpoint.h5") - 512
            return (f"run/checkpoint.h5: this checkpoint is damaged: its {size} bytes do not have "
                    "the SHA-256 that it states.")

        train = SECTIONS["train"].replace("{cosine: {from: 0.01, to: 0}}", "0.01")
        expected = self.whole(train=train.replace("400", "500"))
        self.whole(out="run", train=train)
        message = damaged()
        done = self.resumed("--set", "train.steps=500")
        self.assertEqual(done.stderr.splitlines()[0], f"warning: {message} "
                         "run/checkpoint-previous.h5, of step 380, is used.")
        self.same(expected)
        message = damaged()
        (self.folder / "run/checkpoint-previous.h5").write_bytes(b"short")
        self.refused(4, f"{message}\nrun/checkpoint-previous.h5: expected a checkpoint of saddle, "
                        "found another file or a part.")

    def test_a_damaged_or_missing_log_is_refused(self):
        self.whole(out="run")
        path = self.folder / "run/run.h5"
        content = path.read_bytes()
        path.write_bytes(content[:len(content) // 2])
        self.refused(4, "run/run.h5: cannot be opened: it is truncated.")
        path.unlink()
        self.refused(4, "run/run.h5: is missing, and without it the run could only begin anew.")
        with h5py.File(path, "w"):
            pass
        self.refused(4, "run/run.h5: this HDF5 file is no run of saddle.")

    def test_a_run_that_has_only_its_first_checkpoint_starts_from_it(self):
        expected = self.whole()
        folder = self.folder / "run"
        for _ in range(100):
            shutil.rmtree(folder, ignore_errors=True)
            process = self.begin()
            while not (folder / "checkpoint.h5").exists():
                self.assertIsNone(process.poll())
                time.sleep(0.0005)
            process.kill()
            process.communicate()
            with h5py.File(folder / "checkpoint.h5") as checkpoint:
                step = int(checkpoint["step"][()])
            if step == 0:
                break
        self.assertEqual(step, 0, "it was never killed before its second checkpoint")
        for file in folder.iterdir():
            if file.name != "checkpoint.h5":
                file.unlink()
        self.resumed()
        self.same(expected)

    def test_what_is_no_run(self):
        (self.folder / "run").mkdir()
        self.refused(4, "run: there is no checkpoint to go on from.")
        self.expect(self.saddle("resume", "nowhere"), 4,
                    "nowhere: expected the folder of a run, found none.")

    def test_two_processes_in_one_folder(self):
        self.whole(out="run")
        descriptor = os.open(self.folder / "run", os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        message = "run: another saddle is working in this folder. Wait until it ends."
        self.refused(4, message, "--set", "train.steps=500")
        self.expect(self.run_spec(spec_text(), "--overwrite"), 4, message)
        os.close(descriptor)

    def test_a_run_that_rolls_back_too_often_stops(self):
        train = ("{steps: 20, batch: 16, on_divergence: rollback, rollback: {times: 2}, "
                 "optimizer: {discriminator: {sgd: {lr: 1.0e+300}}}}")
        done = self.run_spec(spec_text(losses="[{plugin: bce, weight: 1.0e+10}]", train=train))
        what = "step 1: the new value of the discriminator's 'body.0.weight' is not finite."
        self.expect(done, 5, "\n".join([
            "writing run/run.h5",
            f"warning: {what} Going back to step 0, learning rates times 0.5 (1 of 2).",
            f"warning: {what} Going back to step 0, learning rates times 0.25 (2 of 2).", what]))
        self.assertEqual(events(self.folder / "run/run.h5"),
                         [("started", 0, -1), ("rolled-back", 0, 1), ("rolled-back", 0, 1),
                          ("diverged", 0, -1)])

    def test_a_run_that_rolls_back_and_is_killed(self):
        # Gradient descent whose rate leaps between two checkpoints, so that the last one is sound.
        changes = {"losses": "[{plugin: least-squares}]", "metrics": "[]",
                   "train": "{steps: 3000, batch: 32, on_divergence: rollback, "
                            "rollback: {factor: 1.0e-6, times: 5}, optimizer: {discriminator: "
                            "{sgd: {lr: {exponential: {from: 0.1, to: 1.0e+12, start: 1510, "
                            "end: 1511}}}}}}"}
        expected = self.whole(**changes)
        history = events(self.folder / "whole/run.h5")
        self.assertIn("rolled-back", [kind for kind, _, _ in history])
        self.assertTrue(all(step % 20 == 0 and origin > step for kind, step, origin in history
                            if kind == "rolled-back"))
        rates = series(self.folder / "whole/run.h5", "players/discriminator/learning-rate")
        self.assertLess(rates[-1], 10)
        self.end(self.begin(**changes), signal.SIGKILL, -9)
        for _ in range(3):
            process = subprocess.Popen([str(SADDLE), "resume", "run"], cwd=self.folder,
                                       stderr=subprocess.DEVNULL)
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        self.resumed()
        self.same(expected)


if __name__ == "__main__":
    unittest.main()
