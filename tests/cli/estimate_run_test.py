"""`saddle estimate --run`: metrics of runs that have ended."""
import json
import unittest

import h5py

from command import SADDLE, CommandTest, spec_text

# Of one that draws noise, ones that see the discriminator, and one that finds its own error.
METRICS = ("[{plugin: modes, every: 10, samples: 100}, {plugin: latent-information, every: 20, samples: 100}, "
           "{plugin: logit-divergences, every: 5, samples: 100}, {plugin: kl-neighbours, name: kl, every: 10, "
           "samples: 120, k: 4}]")
SECTIONS = {
    "train": "{steps: 25, batch: 16, average: 0.9, stop_when: {series: modes/modes, above: 9, patience: 5}}",
    "metrics": METRICS,
    "log": "{samples: {every: 10, count: 16}, best: {series: kl/forward, keep: min}, states: {every: 10}}",
}
STATES = [0, 10, 20, 25]


class EstimateRun(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(**SECTIONS)).returncode, 0)

    def measure(self, *arguments, code=0, stderr=""):
        done = self.saddle("estimate", "--run", "run/run.h5", "--metric", *arguments, "--json")
        self.expect(done, code, stderr)
        return json.loads(done.stdout)

    def logged(self, metric, run="run"):
        """{step: {series: value}} as the run file has them."""
        with h5py.File(self.folder / run / "run.h5") as file:
            table = file["metrics"][metric]
            names = [name for name in table if name != "step"]
            return {int(step): {name: float(table[name][row]) for name in names}
                    for row, step in enumerate(table["step"][...])}

    def values(self, found):
        return {row["step"]: {name: float("nan") if value is None else float(value)
                              for name, value in row["values"].items()} for row in found["steps"]}

    def assert_same_bits(self, found, expected):
        self.assertEqual({step: {name: value.hex() for name, value in row.items()} for step, row in found.items()},
                         {step: {name: value.hex() for name, value in row.items()} for step, row in expected.items()})

    def test_a_logged_metric_has_the_logged_bits_at_every_stored_state(self):
        for metric in ("modes", "latent-information", "logit-divergences", "kl"):
            found, log = self.measure(metric), self.logged(metric)
            self.assertEqual([row["step"] for row in found["steps"]], STATES)
            both = [step for step in STATES if step in log]
            self.assertEqual([row["step"] for row in found["steps"] if row["same"]], both, metric)
            values = self.values(found)
            self.assert_same_bits({step: values[step] for step in both}, {step: log[step] for step in both})
        self.assertEqual([row["same"] for row in self.measure("latent-information")["steps"]],
                         [True, None, True, True])
        self.assertEqual(self.measure("kl", "--threads", 2), self.measure("kl"))

    def test_its_options_are_those_of_the_run(self):
        found = self.measure("kl")
        self.assertEqual((found["run"], found["metric"], found["plugin"]), ("run/run.h5", "kl", "kl-neighbours"))
        self.assertEqual(found["options"], {"samples": 120, "k": 4, "adaptive": False, "density": False,
                                            "groups": 10})
        self.assertEqual(found["units"], {"forward": "nats", "forward-error": "nats", "forward-flags": "1",
                                          "reverse": "nats", "reverse-error": "nats", "reverse-flags": "1"})

    def test_any_other_metric_has_the_values_that_a_run_that_logs_it_has(self):
        options = {"sigma": 0.5, "samples": 90}
        found = self.measure("mi-neighbours", *(word for key, value in options.items()
                                                for word in ("--set", f"{key}={value}")))
        self.assertEqual({key: found["options"][key] for key in options}, options)
        self.assertEqual([(row["logged"], row["same"]) for row in found["steps"]], [(None, None)] * 4)
        mi = "[{plugin: mi-neighbours, every: 10, sigma: 0.5, samples: 90}]"
        # What does not watch the metrics of the other run has the same training.
        self.run_spec(spec_text(**{**SECTIONS, "metrics": mi, "train": "{steps: 25, batch: 16, average: 0.9}",
                                   "log": "{samples: {every: 10, count: 16}}"}), out="other")
        self.assert_same_bits(self.values(found), self.logged("mi-neighbours", "other"))
        library = SADDLE.parent / "plugins/metric-mi-neighbours.so"
        again = self.measure(library, "--set", "sigma=0.5", "--set", "samples=90")
        self.assertEqual(again["steps"], found["steps"])

    def test_options_of_the_user_stand_over_those_of_the_run_and_are_not_compared(self):
        found = self.measure("kl", "--set", "k=2")
        self.assertEqual((found["options"]["k"], found["options"]["samples"]), (2, 120))
        self.assertEqual([row["same"] for row in found["steps"]], [None] * 4)

    def test_a_table_says_which_steps_are_as_they_were_logged(self):
        done = self.saddle("estimate", "--run", "run/run.h5", "--metric", "latent-information")
        lines = [line.split() for line in done.stdout.splitlines()]
        log = self.logged("latent-information")
        self.assertEqual(lines[0], ["step", "lower", "[nats]", "upper", "[nats]", "ceiling", "[nats]", "logged"])
        self.assertEqual([(line[0], line[-1]) for line in lines[1:]],
                         [("0", "same"), ("10", "-"), ("20", "same"), ("25", "same")])
        self.assertEqual(float(lines[3][1]), log[20]["lower"])
        bits = self.saddle("estimate", "--run", "run/run.h5", "--metric", "latent-information", "--unit", "bits")
        line = bits.stdout.splitlines()[3].split()
        self.assertAlmostEqual(float(line[1]), log[20]["lower"] / 0.6931471805599453, places=13)
        flags = self.saddle("estimate", "--run", "run/run.h5", "--metric", "kl").stdout.splitlines()[3].split()
        self.assertIn(flags[3], ("-", "uncalibrated", "ties+uncalibrated"))

    def test_a_value_that_was_changed_is_found(self):
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            run["metrics/modes/modes"][2] = 7.5
        found = self.measure("modes", code=1)
        self.assertEqual([row["same"] for row in found["steps"]], [True, True, False, True])
        self.assertEqual(found["steps"][2]["logged"]["modes"], 7.5)
        done = self.saddle("estimate", "--run", "run/run.h5", "--metric", "modes")
        self.assertIn("  differs: 7.5, ", done.stdout.splitlines()[3])
        self.assertEqual(done.returncode, 1)

    def test_an_infinite_value_is_not_one_that_is_missing(self):
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            run["metrics/modes/modes"][1:] = [float("inf"), float("-inf"), float("nan")]
        found = self.measure("modes", code=1)
        self.assertEqual([row["logged"]["modes"] for row in found["steps"][1:]], ["inf", "-inf", None])
        lines = self.saddle("estimate", "--run", "run/run.h5", "--metric", "modes").stdout.splitlines()
        for line, told in zip(lines[2:], ("inf", "-inf", "-")):
            self.assertIn(f"  differs: {told}, ", line)

    def refuse(self, code, text, *arguments):
        self.expect(self.saddle("estimate", *arguments), code, text)

    def test_weights_are_enough_where_no_states_were_kept(self):
        # Batch norm and spectral norm have buffers, which metrics see; a term of its own has more.
        norms = {"generator": "{plugin: mlp, hidden: [8], norm: batch}",
                 "discriminator": "{plugin: mlp, hidden: [8], spectral_norm: true}",
                 "losses": "[{plugin: bce}, {plugin: mutual-information, network: {hidden: [8]}}]",
                 "log": "{samples: {every: 10, count: 16}, weights: {every: 5}, losses: {every: 2}}",
                 "train": "{steps: 25, batch: 16, average: 0.9}"}
        self.assertEqual(self.run_spec(spec_text(**{**SECTIONS, **norms}), "--overwrite").returncode, 0)
        for metric in ("modes", "latent-information", "logit-divergences", "kl"):
            found, log = self.measure(metric), self.logged(metric)
            self.assertEqual([row["step"] for row in found["steps"]], [0, 5, 10, 15, 20, 25])
            values = self.values(found)
            self.assert_same_bits({step: values[step] for step in values if step in log},
                                  {step: log[step] for step in log if step in values})
            self.assertEqual([row["same"] for row in found["steps"]],
                             [True if row["step"] in log else None for row in found["steps"]])

    def test_a_run_without_states_and_weights_is_refused(self):
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            run["weights/step"][:] = -1
            run["states/step"][:] = -1
        self.refuse(4, "run/run.h5: expected states below /states, or weights below /weights, and "
                       "found none. Set log.states.every in the spec and run it again.",
                    "--run", "run/run.h5", "--metric", "modes")

    def test_mistakes_of_usage(self):
        run = ("--run", "run/run.h5")
        self.refuse(2, "estimate: expected --run RUN.h5 and --metric NAME, one with the other.", *run)
        self.refuse(2, "estimate: expected --run RUN.h5 and --metric NAME, one with the other.",
                    "--metric", "modes")
        self.refuse(2, "estimate --run: the metric says what is estimated, and of what. Leave out QUANTITY, "
                       "--estimator, --x, --y and --list.", "kl", *run, "--metric", "modes")
        self.refuse(2, "--set k=no: metric 'kl-neighbours' k: expected an integer from 1 to 1000, found 'no'.",
                    *run, "--metric", "kl", "--set", "k=no")
        self.refuse(2, "--set nearest=3: metric 'kl-neighbours' has no option 'nearest'. It takes: adaptive, "
                       "density, every, groups, k, name, plugin, samples.", *run, "--metric", "kl", "--set",
                    "nearest=3")
        self.refuse(2, "--set k: expected OPTION=VALUE, as in samples=1000.", *run, "--metric", "kl", "--set", "k")
        done = self.saddle("estimate", *run, "--metric", "mods")
        self.assertEqual(done.returncode, 3)
        self.assertTrue(done.stderr.startswith(
            "run/run.h5: its metrics are: modes, latent-information, logit-divergences, kl. No metric is called "
            "'mods'. Did you mean 'modes'? Known metrics: "), done.stderr)

    def test_a_metric_that_the_run_cannot_serve_is_refused(self):
        done = self.saddle("estimate", "--run", "run/run.h5", "--metric", "code-accuracy")
        self.assertRegex(done.stderr, r"^run/run.h5: spec:\d+:\d+: metric 'code-accuracy' needs 'code': ")
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
