"""`saddle show` on what a run holds last."""
import json
import subprocess
import time
import unittest

import h5py
from command import SADDLE, CommandTest, spec_text


class Show(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(losses="[{plugin: bce}]")).returncode, 0)
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            for name, value in {"discriminator": "inf", "generator": "-inf", "bce-discriminator": "nan",
                                "bce-generator": 0.5}.items():
                run["losses"][name][-1] = float(value)

    def summary(self):
        return json.loads(self.saddle("show", "run/run.h5", "--json").stdout)

    def test_infinite_numbers_are_told_from_those_that_are_none(self):
        self.assertEqual(self.summary()["losses"]["last_values"], {
            "discriminator": "inf", "generator": "-inf", "bce-discriminator": None, "bce-generator": 0.5})
        self.assertIn("  discriminator: inf\n  generator: -inf\n  bce-discriminator: not a number\n"
                      "  bce-generator: 0.5\n", self.saddle("show", "run/run.h5").stdout)

    def test_losses_stand_below_their_own_line(self):
        self.assertIn("\nstep 20, finished\nlosses: 20 records\n  discriminator: inf\n  generator: -inf\n"
                      "  bce-discriminator: not a number\n  bce-generator: 0.5\nsamples: 3 records\n"
                      "weights: 3 records\ndiscriminator: ", self.saddle("show", "run/run.h5").stdout)

    def test_flags_are_named_for_readers_and_numbers_for_programs(self):
        metrics = "[{plugin: kl-neighbours, every: 20, samples: 200}]"
        self.assertEqual(self.run_spec(spec_text(metrics=metrics), "--overwrite").returncode, 0)
        for value, words in ((0, "-"), (float("nan"), "not a number"), (18, "saturated+uncalibrated")):
            with h5py.File(self.folder / "run/run.h5", "a") as run:
                run["metrics/kl-neighbours/forward-flags"][-1] = value
            self.assertIn(f"\n  forward-flags: {words}\n", self.saddle("show", "run/run.h5").stdout)
        self.assertEqual(self.summary()["metrics"]["kl-neighbours"]["last_values"]["forward-flags"], 18)

    def test_a_folder_stands_for_its_log_and_a_log_for_its_folder(self):
        self.assertEqual(self.saddle("show", "run").stdout, self.saddle("show", "run/run.h5").stdout)
        self.assertEqual(self.saddle("diff", "run/", "run").returncode, 0)
        self.assertEqual(json.loads(self.saddle("compare", "run", "--json").stdout)["groups"][0]["runs"][0]["file"],
                         "run/run.h5")
        done = self.saddle("resume", "run/run.h5", "--set", "train.steps=30")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.summary()["step"], 30)
        self.expect(self.saddle("show", "."), 4, "./run.h5: cannot be opened: No such file or directory.")

    def test_sizes_of_dimensions_are_no_values(self):
        summary = self.summary()
        for table in ("samples", "weights"):
            self.assertEqual(summary[table], {"records": 3, "last_step": 20, "last_values": {}})


class State(CommandTest):
    def state(self):
        """The end of the second line, and the same in JSON."""
        text = self.saddle("show", "run/run.h5").stdout.splitlines()[1]
        summary = json.loads(self.saddle("show", "run/run.h5", "--json").stdout)
        return text.split(", ", 1)[1], summary["state"], summary["last_event"]

    def test_a_run_that_goes_on_is_told_from_one_that_was_killed(self):
        self.write(spec_text(train="{steps: 100000000, batch: 16}", log="{losses: {every: 1000}}"))
        run = subprocess.Popen([str(SADDLE), "run", "spec.yaml", "--out", "run"], cwd=self.folder,
                               stderr=subprocess.DEVNULL)
        try:
            while not ((self.folder / "run/run.h5").exists() and (self.folder / "run/checkpoint.h5").exists()):
                self.assertIsNone(run.poll(), "the run ended before it was looked at")
                time.sleep(0.001)
            self.assertEqual(self.state(), ("running", "running", "started"))
        finally:
            run.kill()
            run.wait()
        self.assertEqual(self.state(), ("killed (resume goes on)", "killed", "started"))
        (self.folder / "run/checkpoint.h5").unlink()
        self.assertEqual(self.state(), ("started", "started", "started"))

    def test_a_run_that_ended_says_how(self):
        self.assertEqual(self.run_spec(spec_text()).returncode, 0)
        self.assertEqual(self.state(), ("finished", "finished", "finished"))


if __name__ == "__main__":
    unittest.main()
