"""`saddle check --plugin`: sound plugins pass, and each fault is one failed row of the table."""
import json
import unittest

from command import FAULTY, SADDLE, CommandTest, spec_text

PLUGINS = SADDLE.parent / "plugins"
FAULTY_LIBRARY = FAULTY / "faulty.so"

# Options without a default.
NEEDED = {"dataset-gaussian-mixture": ["--set", "means=[[0.0, 1.0], [2.0, 0.0]]"],
          "loss-infogan": ["--set", "codes=[c]"],
          "metric-information-plane": ["--set", "layers=[hidden]"]}


class Sound(CommandTest):
    def check(self, library, *arguments, code=0, message=""):
        """The rows of the only plugin, by check, each (result, detail)."""
        done = self.saddle("check", "--json", "--plugin", library, *arguments)
        self.expect(done, code, message)
        (plugin,) = json.loads(done.stdout)["plugins"]
        return {row["check"]: (row["result"], row["detail"]) for row in plugin["checks"]}

    def test_every_plugin_of_the_tree_passes(self):
        libraries = sorted(PLUGINS.glob("*.so"))
        self.assertGreater(len(libraries), 15)
        for library in libraries:
            with self.subTest(library.name):
                done = self.saddle("check", "--plugin", library, *NEEDED.get(library.stem, []))
                self.expect(done, 0, "")
                self.assertNotIn("  failed  ", done.stdout)

    def test_a_discriminator_has_every_row(self):
        rows = self.check(PLUGINS / "discriminator-mlp.so")
        self.assertEqual(list(rows), ["build", "options", "shapes", "gradients", "second-order",
                                      "one-pass", "same-bits", "save-load", "nan", "empty-batch",
                                      "time"])
        self.assertEqual({result for result, _ in rows.values()}, {"ok"})
        self.assertEqual(rows["build"], ("ok", "built for this host"))
        self.assertEqual(rows["shapes"], ("ok", "n = 1, 3, 8 in 11 setups"))
        self.assertEqual(rows["gradients"], (
            "ok", "against central differences, samples [2]: 7 tensors; samples [8, 8, 1]: 7 tensors"))
        self.assertEqual(rows["one-pass"], ("ok", "no sample changes what comes out for another"))
        self.assertEqual(rows["save-load"], ("ok", "6 tensors"))
        self.assertRegex(rows["time"][1], r"^a call of 64 rows: [\d.]+ [um]s for samples \[2\]; ")

    def test_the_objectives_of_a_loss_are_checked(self):
        rows = self.check(PLUGINS / "loss-bce.so")
        self.assertEqual(rows["gradients"], (
            "ok", "against central differences, " + "; ".join(
                f"{setup}, {player} objective: 4 tensors"
                for setup in ("samples [2], latent z [3]", "samples [8, 8, 1], latent z [5] c [3], 3 classes")
                for player in ("discriminator", "generator"))))

    def test_options_that_are_missing_skip_the_rows_that_need_an_instance(self):
        rows = self.check(PLUGINS / "dataset-npy.so")
        self.assertEqual(rows.pop("build")[0], "ok")
        self.assertEqual(rows.pop("options"), ("ok", "4 options"))
        self.assertEqual(set(rows.values()), {("skipped", "needs the option path")})

    def test_options_that_are_refused_do_not_pass_for_checked(self):
        library = PLUGINS / "dataset-gaussian-mixture.so"
        rows = self.check(library, "--set", "means=[[1, 2], [1]]", code=1, message=(
            f"{library}: nothing of dataset 'gaussian-mixture' was checked: with these options every check was "
            "skipped, for the reason in its row. Change them."))
        self.assertEqual((rows.pop("build")[0], rows.pop("options")[0]), ("ok", "ok"))
        self.assertEqual(set(rows.values()), {("skipped", "means[1]: expected 2 numbers like means[0], found 1.")})

    def test_data_that_are_not_here_skip_them_too(self):
        library = PLUGINS / "dataset-csv.so"
        rows = self.check(library, "--set", "path=absent.csv", code=1, message=(
            f"{library}: nothing of dataset 'csv' was checked: with these options every check was skipped, for the "
            "reason in its row. Change them."))
        self.assertEqual(rows["shapes"][0], "skipped")
        self.assertIn("absent.csv: not found in", rows["shapes"][1])

    def test_options_can_be_set(self):
        self.write("a,b\n1,2\n3,4\n5,6\n", "points.csv")
        rows = self.check(PLUGINS / "dataset-csv.so", "--set", "path=points.csv")
        self.assertEqual(rows["shapes"], ("ok", "samples [2], 3 for training, 0 for tests"))
        rows = self.check(PLUGINS / "loss-kl-guidance.so", "--set", "estimate=kernel")
        self.assertEqual(rows["gradients"][0], "ok")

    def test_the_table_has_a_line_for_each_row(self):
        lines = self.saddle("check", "--plugin", PLUGINS / "generator-ring.so").stdout.splitlines()
        self.assertEqual(lines[0], "generator  ring  build        ok  built for this host")
        self.assertEqual(lines[1], "generator  ring  options      ok  4 options")
        self.assertEqual(len(lines), 9)


class Faults(CommandTest):
    @classmethod
    def setUpClass(cls):
        test = cls()
        test.setUp()
        cls.done = test.saddle("check", "--json", "--timeout", "2", "--plugin", FAULTY_LIBRARY)
        test.doCleanups()
        cls.plugins = {plugin["name"]: plugin["checks"]
                       for plugin in json.loads(cls.done.stdout)["plugins"]}

    def rows(self, name, result="failed"):
        return {row["check"]: row["detail"] for row in self.plugins[name] if row["result"] == result}

    def test_failures_are_counted_and_exit_with_1(self):
        count = sum(len(self.rows(name)) for name in self.plugins)
        self.expect(self.done, 1, f"{FAULTY_LIBRARY}: {count} checks failed.")

    def test_a_crash_is_a_row_and_the_others_go_on(self):
        crashed = "crashed (Segmentation fault)"
        self.assertEqual(self.rows("crashes-in-forward"), dict.fromkeys(
            ["shapes", "gradients", "same-bits", "save-load", "nan", "empty-batch"], crashed))
        self.assertEqual(self.rows("crashes-in-forward", "skipped"), {"time": crashed})

    def test_a_hang_ends_in_time(self):
        self.assertEqual(self.rows("hangs-in-forward"), {"shapes": "took longer than 2 s"})
        self.assertEqual(set(self.rows("hangs-in-forward", "skipped").values()),
                         {"not run, since 'shapes' took too long"})

    def test_a_hidden_path_of_the_gradient(self):
        rows = self.rows("wrong-gradient")
        self.assertEqual(list(rows), ["gradients"])
        self.assertRegex(rows["gradients"], r"^samples \[2\]: parameter 'weight': the derivative along "
                         r"a direction is \S+ by the gradient and \S+ by differences$")

    def test_a_wrong_gradient_of_the_gradient(self):
        rows = self.rows("wrong-second-order")
        self.assertEqual(list(rows), ["second-order"])
        self.assertRegex(rows["second-order"],
                         r"^samples \[2\]: squared input gradient, parameter 'weight': the derivative "
                         r"along a direction is \S+ by the gradient and \S+ by differences$")

    def test_nan_that_is_hidden(self):
        self.assertEqual(self.rows("hides-nan"), {
            "nan": "samples [2]: NaN in the input comes out as finite numbers"})

    def test_state_that_a_call_leaves_behind(self):
        rows = self.rows("keeps-state")
        self.assertRegex(rows["same-bits"], r"^samples \[2\], latent z \[3\]: two calls with the same "
                         r"input differ: element 0 is \S+ and \S+$")
        self.assertRegex(rows["save-load"], "a restored instance gives another output")

    def test_state_that_is_not_saved(self):
        rows = self.rows("unsaved-state")
        self.assertEqual(list(rows), ["same-bits", "save-load"])
        self.assertRegex(rows["save-load"], r"^samples \[2\], latent z \[3\]: a restored instance gives "
                         r"another output: element 0 is \S+ and \S+$")

    def test_samples_that_are_mixed_in_secret(self):
        self.assertEqual(self.rows("mixes-in-secret"), {
            "one-pass": "samples [2]: mixes_samples() is false, and a sample changes what comes out for "
                        "another"})

    def test_a_row_out_of_nothing(self):
        self.assertEqual(self.rows("invents-rows"),
                         {"empty-batch": "samples [2]: 0 rows in, [1, 1] out"})

    def test_shapes_that_break_the_contract(self):
        self.assertEqual(self.rows("wrong-shape"), {
            "shapes": "samples [2], latent z [3]: generator 'wrong-shape' must return samples [1, 2]; "
                      "it returned [1, 1]."})
        self.assertEqual(self.rows("wrong-logits"), {
            "shapes": "samples [2]: discriminator 'wrong-logits' must return logits [n, 1] for an "
                      "input of [1, 2]; it returned [1, 2]."})
        self.assertEqual(self.rows("too-few-values"), {
            "shapes": "samples [2], latent z [3]: metric 'too-few-values' must return 2 values, one for "
                      "each series; it returned 1.",
            "empty-batch": "1 values of 0 rows, instead of 2, one for each series"})

    def test_a_metric_that_remembers(self):
        self.assertEqual(self.rows("remembers-snapshots"), {
            "same-bits": "samples [2], latent z [3]: a snapshot gives other values after another one"})

    def test_a_loss_with_wrong_options_and_no_scalar(self):
        self.assertEqual(self.rows("bad-options"), {
            "options": "option 'mode' has no doc; default: rate: expected a number from 0 to 1, found "
                       "'2'.",
            "shapes": "samples [2], latent z [3]: loss 'bad-options' must return a scalar []; it "
                      "returned [2, 1]."})

    def test_an_exception_is_a_row(self):
        self.assertEqual(self.rows("throws-in-constructor")["shapes"],
                         "generator 'throws-in-constructor' (constructor) failed: no licence")
        self.assertEqual(self.rows("unreadable"), {"shapes": "row 7 is not a number"})


class Usage(CommandTest):
    def test_either_a_spec_or_a_plugin(self):
        message = ("check: expected SPEC, the file of an experiment, or --plugin LIBRARY.so: one of them, "
                   "and not both.")
        self.expect(self.saddle("check"), 2, message)
        spec = self.write(spec_text())
        self.expect(self.saddle("check", spec, "--plugin", FAULTY_LIBRARY), 2, message)
        self.expect(self.saddle("check", spec), 0, "")

    def test_options_of_the_other_form_are_refused(self):
        self.assertEqual(self.saddle("check", self.write(spec_text()), "--json").returncode, 2)
        done = self.saddle("check", "--plugin", FAULTY_LIBRARY, "--show-resolved")
        self.assertEqual(done.returncode, 2)

    def test_an_option_that_the_plugin_does_not_take(self):
        library = PLUGINS / "loss-r1.so"
        self.expect(self.saddle("check", "--plugin", library, "--set", "gama=1"), 2,
                    "--set gama=1: loss 'r1' has no option 'gama'. Did you mean 'gamma'? It takes gamma.")
        self.expect(self.saddle("check", "--plugin", library, "--set", "gamma=-1"), 2,
                    "--set gamma=-1:1:1: loss 'r1' gamma: expected a number from 0 to 1e+06, found '-1'.")

    def test_a_library_that_cannot_be_used(self):
        self.write("not a library, but long enough to be read as one " * 9, "text.so")
        for name, message in [("absent.so", "does not exist"), ("text.so", "is not an ELF file")]:
            done = self.saddle("check", "--plugin", name)
            self.assertEqual(done.returncode, 3)
            self.assertIn(message, done.stderr)

    def test_a_library_of_another_host(self):
        # Debug and release builds differ in nothing of the note, so another host is made by hand.
        code = (PLUGINS / "generator-mlp.so").read_bytes()
        place = code.index(b"libstdc++ cxx11\0")
        (self.folder / "foreign.so").write_bytes(
            code[:place] + b"libstdc++ cxx98" + code[place + 15:])
        done = self.saddle("check", "--json", "--plugin", "foreign.so")
        difference = "built for another host: standard library libstdc++ cxx98 (host libstdc++ cxx11)"
        self.expect(done, 3, f"foreign.so was {difference}. Rebuild it.")
        self.assertEqual(json.loads(done.stdout), {"plugins": [{
            "kind": "generator", "name": "mlp",
            "checks": [{"check": "build", "result": "failed", "detail": difference}]}]})


if __name__ == "__main__":
    unittest.main()
