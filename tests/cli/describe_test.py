"""Every option of every plugin, and every key of a spec, is described."""
import json
import unittest

from command import CommandTest


class Described(CommandTest):
    def options(self, *subject):
        done = self.saddle("describe", *subject, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["options"]

    def test_every_option_has_its_doc_default_unit_and_range(self):
        listed = json.loads(self.saddle("plugins", "--json").stdout)["plugins"]
        self.assertGreater(len(listed), 10)
        subjects = [("spec",)] + [(plugin["kind"], plugin["name"]) for plugin in listed]
        walked = 0
        for subject in subjects:
            for option in self.options(*subject):
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
                    "there is no command 'runn'. Did you mean 'run'? The commands are: run, resume, "
                    "repair, diff, verify, check, plugins, describe, estimate, show, new, doctor.")

    def test_an_unknown_command_has_no_help(self):
        text = ("there is no command 'NOSUCH'. The commands are: run, resume, repair, diff, verify, check, plugins, "
                "describe, estimate, show, new, doctor.")
        for words in (["NOSUCH"], ["NOSUCH", "--help"], ["--help", "NOSUCH"]):
            self.expect(self.saddle(*words), 2, text)
        for words in (["--help"], ["show", "--help"], ["--version"]):
            self.expect(self.saddle(*words), 0, "")


if __name__ == "__main__":
    unittest.main()
