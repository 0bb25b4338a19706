"""`saddle compare`: the last values of runs side by side."""
import json
import shutil
import statistics
import tempfile
import unittest

import h5py
from command import CommandTest, spec_text

NOTE = ("The last values; of several runs their mean and standard deviation, of those that came to their end. In "
        "brackets how many had a value, where some had none.")
METRICS = "[{plugin: modes, every: 10, samples: 100}, {plugin: kl-neighbours, every: 20, samples: 100}]"


class Compare(CommandTest):
    # The runs that most tests look at, trained once and copied into the folder of each.
    trained = None

    def setUp(self):
        super().setUp()
        settings = [(gamma, seed) for gamma in (0.1, 10) for seed in (1, 2, 3)]
        self.files = [f"g{gamma}s{seed}/run.h5" for gamma, seed in settings]
        if Compare.trained is None:
            Compare.trained = tempfile.TemporaryDirectory()
            for gamma, seed in settings:
                text = spec_text(metrics=METRICS, seed=seed, losses=f"[{{plugin: bce}}, {{plugin: r1, gamma: {gamma}}}]")
                self.assertEqual(self.run_spec(text, out=f"{Compare.trained.name}/g{gamma}s{seed}").returncode, 0)
        shutil.copytree(Compare.trained.name, self.folder, dirs_exist_ok=True)

    @classmethod
    def tearDownClass(cls):
        Compare.trained.cleanup()

    def compare(self, *arguments):
        done = self.saddle("compare", *arguments, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["groups"]

    def last(self, file, series):
        with h5py.File(self.folder / file) as run:
            return float(run["metrics"][series][-1])

    def test_runs_that_differ_in_the_seed_are_one_group(self):
        groups = self.compare(*self.files)
        self.assertEqual([group["settings"] for group in groups],
                         [{"losses.r1.gamma": "0.1"}, {"losses.r1.gamma": "10"}])
        for index, group in enumerate(groups):
            files = self.files[3 * index:3 * index + 3]
            self.assertEqual([(run["file"], run["seed"], run["state"], run["step"]) for run in group["runs"]],
                             [(file, seed + 1, "finished", 20) for seed, file in enumerate(files)])
            for name, series in group["series"].items():
                values = [self.last(file, name) for file in files]
                if any(value != value for value in values):
                    continue
                self.assertEqual(series["n"], 3)
                self.assertAlmostEqual(series["mean"], statistics.mean(values), 12)
                self.assertAlmostEqual(series["deviation"], statistics.stdev(values), 12)
            # What says how far a value can be trusted is no value of its own.
            self.assertEqual([name for name in group["series"] if name.startswith("kl")],
                             ["kl-neighbours/forward", "kl-neighbours/reverse"])

    def test_what_no_value_depends_on_makes_no_group(self):
        text = spec_text(metrics="[{plugin: modes, every: 5, samples: 100}]", name="other", threads=2,
                         log="{samples: {every: 5, count: 8}}",
                         losses="[{plugin: bce}, {plugin: r1, gamma: 0.1}]")
        self.assertEqual(self.run_spec(text, out="other").returncode, 0)
        groups = self.compare(self.files[0], "other/run.h5")
        self.assertEqual([(group["settings"], len(group["runs"])) for group in groups], [({}, 2)])
        # Only one of them has this metric.
        self.assertEqual(groups[0]["series"]["kl-neighbours/forward"]["n"], 1)

    def settings(self, *specs):
        """Of each group, and how many runs it has."""
        for index, sections in enumerate(specs):
            text = spec_text(**{"metrics": METRICS, **sections})
            self.assertEqual(self.run_spec(text, "--overwrite", out=f"r{index}").returncode, 0)
        groups = self.compare(*(f"r{index}" for index in range(len(specs))))
        return [(group["settings"], len(group["runs"])) for group in groups]

    def test_options_that_only_some_plugins_have_tell_their_runs_apart(self):
        self.assertEqual(self.settings({"generator": "{plugin: mlp, hidden: [8]}"},
                                       {"generator": "{plugin: mlp, hidden: [64]}"},
                                       {"generator": "{plugin: linear}"}),
                         [({"generator.plugin": "mlp", "generator.hidden": "[8]"}, 1),
                          ({"generator.plugin": "mlp", "generator.hidden": "[64]"}, 1),
                          ({"generator.plugin": "linear", "generator.hidden": "-"}, 1)])
        self.assertEqual(self.settings({"losses": "[{plugin: bce}]"},
                                       {"losses": "[{plugin: bce}, {plugin: r1, gamma: 1}]"},
                                       {"losses": "[{plugin: bce}, {plugin: r1, gamma: 9}]"}),
                         [({"losses.r1.plugin": "-", "losses.r1.gamma": "-"}, 1),
                          ({"losses.r1.plugin": "r1", "losses.r1.gamma": "1"}, 1),
                          ({"losses.r1.plugin": "r1", "losses.r1.gamma": "9"}, 1)])

    def test_choices_and_rates_have_their_short_names(self):
        def train(optimizer):
            return {"train": f"{{steps: 20, batch: 16, optimizer: {{generator: {optimizer}}}}}"}
        path = "train.optimizer.generator"
        self.assertEqual(self.settings(train("{adam: {lr: 0.1}}"), train("{adam: {lr: 0.2}}"), train("{sgd: {lr: 0.1}}")),
                         [({path: "adam", path + ".adam.lr": "0.1"}, 1), ({path: "adam", path + ".adam.lr": "0.2"}, 1),
                          ({path: "sgd", path + ".adam.lr": "-"}, 1)])

    def test_options_of_a_metric_that_they_share_tell_runs_apart(self):
        self.assertEqual(self.settings({"metrics": "[{plugin: modes, samples: 100}]"},
                                       {"metrics": "[{plugin: modes, samples: 200, every: 5}]"}),
                         [({"metrics.modes.samples": "100"}, 1), ({"metrics.modes.samples": "200"}, 1)])

    def test_runs_that_did_not_come_to_their_end_count_where_none_did(self):
        def values():
            text = self.saddle("compare", *self.files[:3], "--series", "modes/modes").stdout.splitlines()[2]
            return text.split("  ")[0], text.split("  ")[-1].strip()

        for file, value in zip(self.files, (1, 2, 6)):
            with h5py.File(self.folder / file, "a") as run:
                run["metrics/modes/modes"][-1] = value
        self.assertEqual(values(), ("3", "3 ± 2.6"))
        # Kinds of events: finished 2, interrupted 3, diverged 5.
        for file, kind in ((self.files[0], 5), (self.files[2], 3)):
            with h5py.File(self.folder / file, "a") as run:
                run["events/kind"][-1] = kind
        self.assertEqual(values(), ("3 (1 diverged, 1 interrupted)", "2"))
        with h5py.File(self.folder / self.files[1], "a") as run:
            run["events/kind"][-1] = 5
        self.assertEqual(values(), ("3 (2 diverged, 1 interrupted)", "6"))
        with h5py.File(self.folder / self.files[2], "a") as run:
            run["events/kind"][-1] = 5
        self.assertEqual(values(), ("3 (3 diverged)", "-"))

    def test_infinite_values_have_no_deviation(self):
        for file in self.files[:2]:
            with h5py.File(self.folder / file, "a") as run:
                run["metrics/modes/modes"][-1] = float("inf")
        text = self.saddle("compare", *self.files[:2], "--series", "modes/modes").stdout.splitlines()
        self.assertEqual(text[2].split(), ["2", "inf"])

    def test_a_run_counts_once(self):
        self.expect(self.saddle("compare", self.files[0], f"./{self.files[0]}"), 2,
                    f"./{self.files[0]}: is given twice. Give each run once.")

    def test_options_of_other_plugins_are_not_told(self):
        text = spec_text(metrics=METRICS, generator="{plugin: linear}",
                         losses="[{plugin: bce}, {plugin: r1, gamma: 0.1}]")
        self.assertEqual(self.run_spec(text, out="linear").returncode, 0)
        self.assertEqual([group["settings"] for group in self.compare(self.files[0], "linear/run.h5")],
                         [{"generator.plugin": "mlp"}, {"generator.plugin": "linear"}])

    def test_the_table_for_readers(self):
        for file, value, flags in zip(self.files, (1, 2, 3, 4, 4, float("nan")), (0, 0, 0, 0, 2, 0)):
            with h5py.File(self.folder / file, "a") as run:
                run["metrics/kl-neighbours/forward"][-1] = value
                run["metrics/kl-neighbours/forward-flags"][-1] = flags
        done = self.saddle("compare", *self.files, "--series", "kl-neighbours/forward")
        self.expect(done, 0, "")
        self.assertEqual(done.stdout,
                         "kl-neighbours\n"
                         "losses.r1.gamma  runs  forward [nats]\n"
                         "0.1                 3  2 ± 1\n"
                         "10                  3  4 ± 0 (2)*\n"
                         "\n" + NOTE + " A star: flagged in some run, see saddle show.\n")
        done = self.saddle("compare", self.files[0], "--series", "kl-neighbours/forward")
        self.assertEqual(done.stdout, "kl-neighbours\nruns  forward [nats]\n1     1\n\n" + NOTE + "\n")

    def test_runs_without_metrics_are_compared_by_their_losses(self):
        self.assertEqual(self.run_spec(spec_text()).returncode, 0)
        series = self.compare("run/run.h5")[0]["series"]
        self.assertIn("losses/generator", series)
        self.assertNotIn("losses/step", series)

    def test_a_metric_stands_for_all_its_series(self):
        self.assertEqual(list(self.compare(*self.files, "--series", "kl-neighbours")[0]["series"]),
                         ["kl-neighbours/forward", "kl-neighbours/reverse"])

    def test_a_series_that_none_has_is_refused(self):
        done = self.saddle("compare", *self.files, "--series", "modes/mode")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--series modes/mode: none of these runs logged it. Did you mean 'modes/modes'? They logged: ",
                      done.stderr)

    def test_files_that_are_no_runs_are_told(self):
        self.write("x", "x.h5")
        self.expect(self.saddle("compare", self.files[0], "x.h5"), 4,
                    "x.h5: cannot be opened: it is no HDF5 file.")
        self.expect(self.saddle("compare", "no.h5"), 4, self.saddle("show", "no.h5").stderr.strip())


if __name__ == "__main__":
    unittest.main()
