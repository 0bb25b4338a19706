"""`saddle sweep`: every combination of seeds and settings, each a run of its own."""
import csv
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

import h5py
from command import FAULTY, SADDLE, CommandTest, spec_text
from run_files import numbers

GAMMAS = "losses.r1.gamma=[0.1, 10]"
METRICS = "[{plugin: modes, every: 10, samples: 100}]"


class Sweep(CommandTest):
    def setUp(self):
        super().setUp()
        self.write(spec_text(metrics=METRICS))

    def sweep(self, *arguments, code=0):
        done = self.saddle("sweep", "spec.yaml", "--out", "s", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def table(self):
        with open(self.folder / "s/sweep.csv", newline="") as file:
            return list(csv.DictReader(file))

    def times(self):
        return {row["run"]: os.stat(self.folder / "s" / row["run"] / "run.h5").st_mtime_ns for row in self.table()}

    def test_runs_are_those_of_run_and_the_table_has_their_last_values(self):
        self.sweep("--vary", GAMMAS, "--seeds", "2")
        rows = self.table()
        self.assertEqual([(row["run"], row["losses.r1.gamma"], row["seed"], row["state"], row["step"]) for row in rows],
                         [(f"losses.r1.gamma={gamma},seed={seed}", gamma, seed, "finished", "20")
                          for gamma in ("0.1", "10") for seed in ("1", "2")])
        self.assertEqual(self.run_spec(spec_text(metrics=METRICS), "--set", "losses.r1.gamma=10", "--set",
                                       "seed=2").returncode, 0)
        self.assertEqual(numbers(self.folder / "run/run.h5"),
                         numbers(self.folder / "s/losses.r1.gamma=10,seed=2/run.h5"))
        for row in rows:
            with h5py.File(self.folder / "s" / row["run"] / "run.h5") as run:
                for series in ("modes/modes", "modes/high-quality-ball"):
                    self.assertEqual(float(row[series]), run["metrics"][series][-1])
                self.assertEqual(float(row["losses/generator"]), run["losses/generator"][-1])

    def test_the_same_sweep_has_the_same_bytes_whatever_runs_beside_what(self):
        self.sweep("--seeds", "3", "--jobs", "3")
        before = (self.folder / "s/sweep.csv").read_bytes()
        done = self.saddle("sweep", "spec.yaml", "--out", "t", "--seeds", "3", "--jobs", "1")
        self.expect(done, 0, done.stderr.strip())
        self.assertEqual((self.folder / "t/sweep.csv").read_bytes(), before)

    def test_what_has_ended_is_kept_and_more_joins_it(self):
        self.sweep("--vary", GAMMAS)
        before = self.times()
        self.assertEqual(self.sweep("--vary", GAMMAS).stderr, "")
        self.assertEqual(self.times(), before)
        self.sweep("--vary", "losses.r1.gamma=[10, 0.1, 1]", "--seeds", "2")
        after = self.times()
        self.assertEqual(len(after), 6)
        self.assertEqual({run: after[run] for run in before}, before)

    def test_runs_go_on_to_a_new_length(self):
        self.sweep("--seeds", "2")
        self.sweep("--seeds", "2", "--set", "train.steps=30")
        self.assertEqual([row["step"] for row in self.table()], ["30", "30"])
        self.assertEqual(self.run_spec(spec_text(metrics=METRICS), "--set", "train.steps=30", "--set",
                                       "seed=2").returncode, 0)
        self.assertEqual(numbers(self.folder / "run/run.h5"), numbers(self.folder / "s/seed=2/run.h5"))

    def test_a_folder_of_another_spec_is_refused_and_stays(self):
        self.sweep()
        before = self.times()
        done = self.sweep("--set", "losses.r1.gamma=3", code=2)
        self.assertEqual(done.stderr.strip(),
                         "s/seed=1: this run cannot go on: its spec changed: losses.1.gamma was 0.1 and would be 3. "
                         "Begin a new run with the new spec. Take another folder with --out.")
        self.assertEqual(self.times(), before)

    def test_a_signal_interrupts_the_runs_and_the_same_call_goes_on(self):
        self.write(spec_text(metrics=METRICS, train="{steps: 15000, batch: 16}"))
        command = ["sweep", "spec.yaml", "--out", "s", "--seeds", "3", "--jobs", "2"]
        sweep = subprocess.Popen([str(SADDLE), *command], cwd=self.folder, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True)
        while len(list(self.folder.glob("s/*/run.h5"))) < 2:
            self.assertIsNone(sweep.poll(), "the sweep ended before it was interrupted")
            time.sleep(0.01)
        sweep.send_signal(signal.SIGINT)
        stdout, stderr = sweep.communicate()
        self.assertIn("\n2 (2 interrupted)  ", stdout)
        self.assertEqual(stderr.splitlines()[-1], "interrupted; the same command goes on")
        self.assertEqual(sweep.returncode, 130)
        self.assertEqual([row["state"] for row in self.table()], ["interrupted", "interrupted", "waiting"])
        self.sweep("--seeds", "3", "--jobs", "2")
        self.assertEqual([(row["state"], row["step"]) for row in self.table()], [("finished", "15000")] * 3)
        self.assertEqual(self.run_spec(spec_text(metrics=METRICS, train="{steps: 15000, batch: 16}")).returncode, 0)
        self.assertEqual(numbers(self.folder / "run/run.h5"), numbers(self.folder / "s/seed=1/run.h5"))

    def test_runs_of_a_killed_sweep_end_and_go_on(self):
        self.write(spec_text(metrics=METRICS, train="{steps: 6000, batch: 16}"))
        sweep = subprocess.Popen([str(SADDLE), "sweep", "spec.yaml", "--out", "s"], cwd=self.folder,
                                 stderr=subprocess.DEVNULL)
        while not (self.folder / "s/seed=1/run.h5").exists():
            self.assertIsNone(sweep.poll(), "the sweep ended before it was killed")
            time.sleep(0.01)
        sweep.kill()
        sweep.wait()
        for _ in range(1000):
            if json.loads(self.saddle("show", "s/seed=1/run.h5", "--json").stdout)["state"] == "interrupted":
                break
            time.sleep(0.01)
        else:
            self.fail("the run was not interrupted")
        self.sweep()
        self.assertEqual([(row["state"], row["step"]) for row in self.table()], [("finished", "6000")])

    def test_a_crash_a_failure_and_a_divergence_are_rows_of_the_table(self):
        environment = {"SADDLE_PLUGIN_PATH": str(FAULTY)}
        plugins = ("mlp", "crashes-in-forward", "throws-at-three", "nan-at-three", "throws-in-constructor")
        vary = "generator=[" + ", ".join(f"{{plugin: {plugin}}}" for plugin in plugins) + "]"
        done = self.saddle("sweep", "spec.yaml", "--out", "s", "--vary", vary, environment=environment)
        self.assertEqual([(row["generator"], row["state"], row["step"]) for row in self.table()],
                         [("{plugin: mlp}", "finished", "20"), ("{plugin: crashes-in-forward}", "failed", ""),
                          ("{plugin: throws-at-three}", "failed", "2"), ("{plugin: nan-at-three}", "diverged", "2"),
                          ("{plugin: throws-in-constructor}", "failed", "")])
        self.assertIn(": generator 'throws-at-three' (forward, step 3) failed: out of ideas\nrun", done.stderr)
        self.assertIn(": generator 'throws-in-constructor' (constructor) failed: no licence\n", done.stderr)
        self.assertNotEqual(done.returncode, 0)

    def test_a_run_that_cannot_go_on_has_failed_whatever_its_log_says(self):
        self.sweep()
        for name in ("checkpoint.h5", "checkpoint-previous.h5"):
            (self.folder / "s/seed=1" / name).write_bytes(b"x")
        done = self.sweep("--set", "train.steps=40", code=4)
        self.assertIn("s/seed=1: ", done.stderr)
        self.assertEqual([row["state"] for row in self.table()], ["failed"])

    def test_a_length_in_epochs_becomes_one_in_steps(self):
        self.sweep("--set", "train.steps=null", "--set", "train.epochs=1", "--set", "dataset.points=320")
        self.assertEqual(self.table()[0]["step"], "20")
        self.sweep("--set", "train.steps=30", "--set", "dataset.points=320")
        self.assertEqual(self.table()[0]["step"], "30")

    def test_what_a_resume_warns_of_is_told(self):
        lr = "train.optimizer={generator: {adam: {lr: {cosine: {from: 0.01, to: 0}}}}}"
        self.sweep("--set", lr)
        self.assertIn("s/seed=1: warning: the run gets another length, which the schedules of "
                      "train.optimizer.generator follow", self.sweep("--set", lr, "--set", "train.steps=40").stderr)

    def test_a_run_that_somebody_else_interrupts_is_no_success(self):
        self.write(spec_text(metrics=METRICS, train="{steps: 6000, batch: 16}"))
        sweep = subprocess.Popen([str(SADDLE), "sweep", "spec.yaml", "--out", "s"], cwd=self.folder,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        while not (self.folder / "s/seed=1/run.h5").exists():
            self.assertIsNone(sweep.poll(), "the sweep ended before its run began")
            time.sleep(0.01)
        children = (pathlib.Path("/proc") / str(sweep.pid) / "task" / str(sweep.pid) / "children").read_text().split()
        os.kill(int(children[0]), signal.SIGTERM)
        self.assertIn("s/seed=1: was interrupted, and not by the sweep. The same command goes on.",
                      sweep.communicate()[1])
        self.assertEqual(sweep.returncode, 143)

    def test_a_sweep_under_a_launcher_that_ignores_its_children_ends(self):
        done = subprocess.run([str(SADDLE), "sweep", "spec.yaml", "--out", "s"], cwd=self.folder, timeout=100,
                              capture_output=True, preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
        self.assertEqual(done.returncode, 0)

    def test_parts_that_do_not_fit_are_found_before_any_run(self):
        vary = "losses=[[{plugin: bce}], [{plugin: r1, gamma: 1}]]"
        done = self.sweep("--vary", vary, code=2)
        self.assertIn("no loss has an objective for the generator; add one.", done.stderr)
        self.assertEqual(list(self.folder.glob("s/*")), [])

    def test_a_divergence_is_a_result(self):
        done = self.saddle("sweep", "spec.yaml", "--out", "s", "--set", "generator={plugin: nan-at-three}", "--json",
                           environment={"SADDLE_PLUGIN_PATH": str(FAULTY)})
        self.assertEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stdout)["groups"][0]["runs"][0]["state"], "diverged")

    def test_mistakes_are_found_before_any_run(self):
        def refuse(text, *arguments):
            self.expect(self.saddle("sweep", "spec.yaml", "--out", "s", *arguments), 2, text)
            self.assertEqual(list(self.folder.glob("s/*")), [])

        refuse("--vary seed: expected KEY=[VALUE, ...], as in losses.r1.gamma=[1, 10].", "--vary", "seed")
        refuse("--vary seed=3: expected a list of values, as in losses.r1.gamma=[1, 10]; found '3'.",
               "--vary", "seed=3")
        refuse("--vary seed=[]: expected a list of values, as in losses.r1.gamma=[1, 10]; found an empty one.",
               "--vary", "seed=[]")
        refuse("--vary seed=[1, 2, 1]: has the value 1 twice. Give it once.", "--vary", "seed=[1, 2, 1]")
        refuse("the key seed is varied twice. Give all its values in one list.",
               "--vary", "seed=[1, 2]", "--seeds", "2")
        refuse("--vary train.batch=0: train.batch: expected an integer from 1 to 16777216, found '0'.\n"
               "--vary train.batch=-1: train.batch: expected an integer from 1 to 16777216, found '-1'.",
               "--vary", "train.batch=[16, 0, -1]", "--seeds", "2")
        refuse("these are more than 100000 runs. Vary fewer values.", "--seeds", "100000", "--vary", GAMMAS)


if __name__ == "__main__":
    unittest.main()
