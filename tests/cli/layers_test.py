"""Specs in layers: what they extend, what the command line sets, and where a mistake stands then."""
import json
import pathlib
import unittest

import h5py
import numpy as np
from command import CommandTest, spec_text


class Layers(CommandTest):
    def resolved(self, out="run"):
        with h5py.File(self.folder / out / "run.h5") as run:
            return run["spec/resolved"].asstr()[()]

    def check(self, spec, *arguments):
        return self.saddle("check", spec, *arguments)

    def test_the_command_line_changes_values_and_adds_mappings(self):
        done = self.run_spec(spec_text(), "--set", "train.steps=3", "--set", "train.average.decay=0.5",
                             "--set", "metrics=[{plugin: modes, every: 1}]",
                             "--set", "losses.r1.gamma=0.5", "--set", "generator.hidden=[4]")
        self.expect(done, 0, "writing run/run.h5\nfinished at step 3")
        with h5py.File(self.folder / "run" / "run.h5") as run:
            self.assertEqual(list(run["metrics/modes/step"]), [0, 1, 2, 3])
            self.assertEqual(run["weights/average/body.0.weight"].shape, (2, 2, 4))
            self.assertIn("train.steps=3\ntrain.average", run["provenance/set"].asstr()[()])
        self.assertIn("gamma: 0.5", self.resolved())

    def test_the_command_line_extends_nothing(self):
        self.expect(self.run_spec(spec_text(), "--set", "extends=other.yaml"), 2,
                    "--set extends=other.yaml: only a file can say what it extends. Write a spec "
                    "with this line.")

    def test_null_restores_a_default_and_takes_an_item_away(self):
        done = self.run_spec(spec_text(), "--set", "train.batch=null", "--set", "losses.r1=null")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("batch: 256", self.resolved())
        self.assertNotIn("r1", self.resolved())

    def test_another_choice_or_plugin_replaces_what_was_there(self):
        text = spec_text(train="{steps: 2, batch: 4, optimizer: {generator: {adam: {lr: 0.1}}}}")
        done = self.run_spec(text, "--set", "train.optimizer.generator.sgd.lr=0.2",
                             "--set", "losses.bce={plugin: least-squares}")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("least-squares", self.resolved())
        generator = self.resolved().split("generator:")[-1].split("discriminator:")[0]
        self.assertIn("sgd", generator)
        self.assertNotIn("adam", generator)

    def test_a_shorthand_is_joined_by_its_siblings(self):
        text = spec_text(train="{steps: 2, batch: 4, average: 0.75}")
        self.run_spec(text, "--set", "train.average.start=1")
        self.assertRegex(self.resolved(), r"decay: 0.75\n +start: 1\n")

    def test_mistakes_on_the_command_line_name_the_option(self):
        spec = self.write(spec_text())
        for setting, message in (
                ("train.steps=many", "--set train.steps=many: train.steps: expected an integer from "
                                     "1 to 1e+12, found 'many'."),
                ("train.stepz=1", "--set train.stepz=1: train has no key 'stepz'. Did you mean "
                                  "'steps'? It takes: average, batch, clip, discriminator_steps, epochs, "
                                  "freeze, generator_steps, init_from, instance_noise, "
                                  "on_divergence, optimizer, packing, rollback, steps, stop_when, "
                                  "update."),
                ("losses.r2.gamma=1", "--set losses.r2.gamma=1: the list has no item 'r2' to change. "
                                      "Did you mean 'r1'? It has: bce, r1. To add one, give the "
                                      "whole list."),
                ("losses={}", "--set losses={}: an empty mapping changes no item of a list. To empty it, "
                              "write []."),
                ("train.steps", "--set train.steps: expected KEY=VALUE, as in train.steps=100."),
                ("train..steps=1", "--set train..steps=1: expected a name on each side of a dot.")):
            self.expect(self.check(spec, "--set", setting), 2, message)

    def test_a_spec_extends_another_and_says_only_what_differs(self):
        (self.folder / "sub").mkdir()
        self.write(spec_text(name="base"), "base.yaml")
        self.write("extends: ../base.yaml\nname: child\ntrain: {steps: 2}\n"
                   "losses: {r1: {gamma: 3}}\n", "sub/child.yaml")
        done = self.saddle("run", "sub/child.yaml", "--out", "run")
        self.expect(done, 0, "writing run/run.h5\nfinished at step 2")
        self.assertIn("batch: 16", self.resolved())
        self.assertIn("gamma: 3", self.resolved())
        with h5py.File(self.folder / "run" / "run.h5") as run:
            self.assertEqual(run.attrs["name"], "child")
            self.assertIn("extends: ../base.yaml", run["spec/source"].asstr()[()])
            self.assertIn("name: base", run["provenance/extends/base.yaml"].asstr()[()])

    def test_bases_of_one_name_in_several_folders_are_all_kept(self):
        for folder in ("a", "b"):
            (self.folder / folder).mkdir()
        self.write(spec_text(name="base"), "b/base.yaml")
        self.write("extends: ../b/base.yaml\nseed: 2\n", "a/base.yaml")
        self.write("extends: a/base.yaml\ntrain: {steps: 2}\n", "child.yaml")
        self.assertEqual(self.saddle("run", "child.yaml", "--out", "run").returncode, 0)
        with h5py.File(self.folder / "run/run.h5") as run:
            found = [run[f"provenance/extends/{name}"].asstr()[()]
                     for name in ("base.yaml", "2/base.yaml")]
        self.assertEqual(sorted("seed: 2" in text for text in found), [False, True])

    def test_the_resolved_spec_gives_the_same_numbers_alone(self):
        self.write(spec_text(), "base.yaml")
        self.write("extends: base.yaml\ntrain: {steps: 4}\n", "child.yaml")
        self.saddle("run", "child.yaml", "--out", "run")
        self.write(self.resolved(), "resolved.yaml")
        done = self.saddle("run", "resolved.yaml", "--out", "again")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.resolved("again"), self.resolved())
        with h5py.File(self.folder / "run/run.h5") as a, h5py.File(self.folder / "again/run.h5") as b:
            np.testing.assert_array_equal(a["samples/generated"], b["samples/generated"])

    def test_mistakes_are_named_where_they_stand(self):
        self.write(spec_text(seed="one"), "base.yaml")
        self.write("extends: base.yaml\nthreads: none\n", "child.yaml")
        self.expect(self.check("child.yaml"), 2,
                    "child.yaml:2:10: threads: expected an integer from 1 to 1024, found 'none'.\n"
                    "base.yaml:1:7: seed: expected an integer from 0 to 9007199254740992, found 'one'.")

    def test_what_cannot_be_extended_is_refused(self):
        self.write("extends: absent.yaml\n", "a.yaml")
        self.expect(self.check("a.yaml"), 2, "a.yaml:1:10: extends: there is no file absent.yaml. "
                                             "Give a path relative to this file.")
        self.write("extends: c.yaml\n", "b.yaml")
        self.write("extends: b.yaml\n", "c.yaml")
        self.expect(self.check("b.yaml"), 2, "c.yaml:1:10: extends: b.yaml extends this file in "
                                             "turn. Take one of the two away.")
        self.write("extends: [a, b]\n", "d.yaml")
        self.expect(self.check("d.yaml"), 2, "d.yaml:1:10: extends: expected the path of another "
                                             "spec, found a list.")

    def test_a_spec_is_shown_as_a_difference_from_the_defaults(self):
        done = self.check(self.write(spec_text()), "--show-resolved")
        self.assertEqual(done.returncode, 0)
        lines = done.stdout.splitlines()
        self.assertIn("-   batch: 256", lines)
        self.assertIn("+   batch: 16", lines)
        self.assertIn("    packing: 1", lines)


class Editors(CommandTest):
    def test_the_json_schema_accepts_specs_and_refuses_mistakes(self):
        import jsonschema
        import yaml
        done = self.saddle("describe", "--json-schema")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("# yaml-language-server: $schema=", done.stderr)
        validator = jsonschema.Draft7Validator(json.loads(done.stdout))
        jsonschema.Draft7Validator.check_schema(validator.schema)
        good = yaml.safe_load(spec_text(train="{steps: 2, average: 0.5, stop_when: null, "
                                              "optimizer: {generator: {adam: {lr: {cosine: "
                                              "{from: 1.0, to: 0}}}}}}"))
        self.assertEqual([error.message for error in validator.iter_errors(good)], [])
        for changes in ({"generator": "{plugin: mlp, hiden: [8]}"}, {"train": "{stepz: 1}"},
                        {"losses": "[{plugin: r1, gamma: -1}]"}, {"dataset": "{plugin: rings}"},
                        {"latent": "{z: {normal: 2, uniform: 3}}"}):
            bad = yaml.safe_load(spec_text(**changes))
            self.assertTrue(list(validator.iter_errors(bad)), changes)
        for text in ("losses: {bce: {form: non-saturating}}", "generator: {hidden: [8]}",
                     "generator: {keep: 1}\nlosses: {mine: {weight: 2}}"):
            layer = yaml.safe_load(f"extends: base.yaml\n{text}\n")
            self.assertEqual([error.message for error in validator.iter_errors(layer)], [], text)
        for text in ("losses: {bce: {from: saturating}}", "generator: {plugin: mlp, hiden: [8]}"):
            layer = yaml.safe_load(f"extends: base.yaml\n{text}\n")
            self.assertTrue(list(validator.iter_errors(layer)), text)
        for path in pathlib.Path(__file__).parents[2].glob("experiments/**/*.yaml"):
            shipped = yaml.safe_load(path.read_text())
            self.assertEqual([error.message for error in validator.iter_errors(shipped)], [], path)


if __name__ == "__main__":
    unittest.main()
