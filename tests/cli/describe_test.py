"""Every option of every plugin, and every key of a spec, is described."""
import json
import unittest

from command import FAULTY, SADDLE, CommandTest

EVERY_METRIC = """
Every metric takes:

  name (text)
      of the metric in the log; the plugin's name by default
      default: ""

  every (integer, steps)
      a record each so many steps
      default: 500; range: 1 to 1e+12

  samples (integer)
      generated and real samples that it sees
      default: 2500; range: 1 to 16777216
"""


COMMANDS = ("run, sweep, resume, repair, diff, verify, check, plugins, describe, estimate, sample, show, watch, compare, "
            "report, export, new, doctor.")


class Described(CommandTest):
    def described(self, *subject):
        done = self.saddle("describe", *subject, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def options(self, *subject):
        return self.described(*subject)["options"]

    def test_every_option_has_its_doc_default_unit_and_range(self):
        listed = json.loads(self.saddle("plugins", "--json").stdout)["plugins"]
        self.assertGreater(len(listed), 10)
        subjects = [("spec",)] + [(plugin["kind"], plugin["name"]) for plugin in listed]
        walked = 0
        for subject in subjects:
            found = self.described(*subject)
            for option in found["options"] + found["common_options"]:
                where = f"{subject} {option['name']}"
                self.assertGreater(len(option["doc"]), 3, where)
                self.assertFalse(option["doc"].endswith("."), where)
                self.assertNotEqual(option["default"], "", where)
                self.assertIn("unit", option, where)
                if option["type"].split()[-1] in ("integer", "number"):
                    low, high = option["range"]
                    self.assertLess(low, high, where)
                walked += 1
        self.assertGreater(walked, 80)

    def test_nested_keys_of_a_spec_are_called_by_their_path(self):
        names = [option["name"] for option in self.options("spec")]
        for name in ("seed", "train.stop_when.below", "train.optimizer.<name>.adam.lr.cosine.from",
                     "latent.<name>.codebook.entries", "log.best.series"):
            self.assertIn(name, names)

    def test_what_every_metric_takes_stands_below_its_own_options(self):
        own = (f"metric 'modes': modes found, share of high quality, balance of modes\n{SADDLE.parent}/plugins/"
               "metric-modes.so\n\n  sigmas (number, standard deviations)\n      a point this near to its mode is "
               "of high quality\n      default: 3; range: 0.001 to 1000\n")
        self.assertEqual(self.saddle("describe", "metric", "modes").stdout, own + EVERY_METRIC)
        done = self.saddle("describe", "metric", "too-few-values", "--plugin-path", FAULTY)
        self.assertTrue(done.stdout.endswith("\nIt takes no options of its own.\n" + EVERY_METRIC), done.stdout)

    def test_what_every_loss_takes_stands_below_its_own_options(self):
        text = self.saddle("describe", "loss", "r1").stdout
        self.assertIn("\n\nEvery loss takes:\n\n  name (text)\n      of the term in the log; the plugin's name by "
                      "default\n      default: \"\"\n\n  weight (mapping)\n", text)
        self.assertEqual([option["name"] for option in self.options("loss", "r1")], ["gamma"])

    def test_common_options_of_a_kind_are_told_apart_in_json(self):
        def names(*subject):
            return [option["name"] for option in self.described(*subject)["common_options"]]
        self.assertEqual(names("metric", "modes"), ["name", "every", "samples"])
        self.assertEqual(names("loss", "r1")[:3], ["name", "weight", "weight.constant"])
        for subject in (("generator", "mlp"), ("spec",)):
            self.assertEqual(names(*subject), [])

    def test_lists_of_a_spec_are_described_with_what_their_items_take(self):
        text = self.saddle("describe", "spec").stdout
        for key, doc, default in (("losses", "a list of loss plugins, the terms of the objectives", "required"),
                                  ("metrics", "a list of metric plugins", "null")):
            self.assertIn(f"\n  {key} (list of {{plugin, ...}})\n      {doc}\n      default: {default}\n\n"
                          f"  {key}[].plugin (text)\n      name of the plugin, or the file of its library\n"
                          f"      default: required\n\n  {key}[].name (text)\n", text)
        types = {option["name"]: option["type"] for option in self.options("spec")}
        self.assertEqual([types[name] for name in ("losses", "losses[].weight", "metrics[].every", "log.losses")],
                         ["list of {plugin, ...}", "mapping", "integer", "mapping"])

    def test_nested_options_have_the_defaults_of_the_plugin(self):
        options = {option["name"]: option["default"] for option in self.options("loss", "infogan")}
        self.assertEqual(options["network.hidden"], "[128]")
        self.assertEqual(options["network.activation"], "leaky-relu")

    def test_what_is_missing_is_asked_for(self):
        self.expect(self.saddle("describe"), 2,
                    "describe: expected KIND NAME, or spec, or --json-schema.")
        self.expect(self.saddle("describe", "loss"), 2,
                    "describe: expected the name of a loss. See: saddle plugins loss")

    def test_an_unknown_command_gets_a_suggestion(self):
        self.expect(self.saddle("--plugin-path", "nowhere", "runn", "spec.yaml"), 2,
                    "there is no command 'runn'. Did you mean 'run'? The commands are: " + COMMANDS)

    def test_an_unknown_command_has_no_help(self):
        text = "there is no command 'NOSUCH'. The commands are: " + COMMANDS
        for words in (["NOSUCH"], ["NOSUCH", "--help"], ["--help", "NOSUCH"]):
            self.expect(self.saddle(*words), 2, text)
        for words in (["--help"], ["show", "--help"], ["--version"]):
            self.expect(self.saddle(*words), 0, "")


if __name__ == "__main__":
    unittest.main()
