"""The same spec gives the same bits, whatever changes beside it."""
import hashlib
import shutil
import unittest

import h5py
import numpy as np
from command import SADDLE, CommandTest, spec_text

PLUGINS = SADDLE.parent / "plugins"
SECTIONS = {
    "latent": "{code: {codebook: {size: 4, entries: 32}}, z: {normal: 2}}",
    "generator": "{plugin: mlp, hidden: [160, 160], activation: silu}",
    "discriminator": "{plugin: mlp, hidden: [160, 160], fourier_features: 8}",
    "train": "{steps: 60, batch: 256, instance_noise: 0.1, average: 0.9, "
             "optimizer: {generator: {adam: {lr: {cosine: {from: 0.01, to: 0}}}}}}",
    "metrics": "[{plugin: modes, every: 20}]",
    "log": "{samples: {every: 20, count: 700}, weights: {every: 20}}",
}


def datasets(group, prefix=""):
    for name, item in group.items():
        if isinstance(item, h5py.Group):
            yield from datasets(item, f"{prefix}{name}/")
        elif item.dtype.kind in "if":
            yield prefix + name


def binaries():
    files = [SADDLE, *sorted(SADDLE.parent.glob("libsaddle.so*")), *sorted(PLUGINS.glob("*.so"))]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Reproduction(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(**SECTIONS), out="first").returncode, 0)

    def compare(self, text, *arguments):
        """Every number that both files have, at every step that both logged."""
        done = self.run_spec(text, *arguments, out="second")
        self.assertEqual(done.returncode, 0, done.stderr)
        compared = 0
        with h5py.File(self.folder / "first/run.h5") as a, \
                h5py.File(self.folder / "second/run.h5") as b:
            for name in sorted(set(datasets(a)) & set(datasets(b))):
                if name.startswith(("timing/", "provenance/", "events/")) or a[name].ndim == 0:
                    continue
                table = a[name].parent
                while "step" not in table and table.name != "/":
                    table = table.parent
                rows = [slice(None), slice(None)]
                if "step" in table and a[name].maxshape[0] is None:
                    steps = [file[table.name]["step"][...] for file in (a, b)]
                    _, *rows = np.intersect1d(*steps, return_indices=True)
                    self.assertGreater(len(rows[0]), 0, name)
                left, right = a[name][...][rows[0]], b[name][...][rows[1]]
                self.assertEqual(left.tobytes(), right.tobytes(), name)
                compared += 1
        self.assertGreater(compared, 25)

    def test_twice(self):
        self.compare(spec_text(**SECTIONS))

    def test_with_two_threads(self):
        self.compare(spec_text(**SECTIONS, threads="2"))

    def test_with_another_metric_and_interval_and_order_of_keys(self):
        sections = {**SECTIONS, "metrics": "[{plugin: kl-histogram, every: 7, samples: 1000}, "
                                           "{every: 10, plugin: modes}]"}
        lines = spec_text(**sections).splitlines(keepends=True)
        self.compare("".join(reversed(lines)))

    def test_with_plugins_from_another_folder(self):
        shutil.copytree(PLUGINS, self.folder / "moved", ignore=shutil.ignore_patterns("CMake*"))
        sections = {**SECTIONS, "generator": "{plugin: ./moved/generator-mlp.so, "
                                             "hidden: [160, 160], activation: silu}"}
        self.compare(spec_text(**sections))

    def test_everything_that_must_not_matter_at_once(self):
        shutil.copytree(PLUGINS, self.folder / "moved", ignore=shutil.ignore_patterns("CMake*"))
        train = "{{steps: 60, batch: 128, {}}}"
        games = [
            ("[{plugin: least-squares}]",
             "update: simultaneous, optimizer: {generator: {sgd: {lr: 0.001, momentum: 0.5}}, "
             "discriminator: {rmsprop: {lr: 0.0001}}}"),
            ("[{plugin: bce, form: minimax}, {plugin: kl-guidance, weight: 0.1}]",
             "discriminator_steps: 2, packing: 2, optimizer: {generator: {adam: {lr: 0.001, "
             "amsgrad: true}}}"),
            ("[{plugin: bce}, {plugin: r1, gamma: 0.1}]",
             "generator_steps: 2, average: 0.9, freeze: [], optimizer: {discriminator: {adam: "
             "{lr: 0.001, weight_decay: 0.01, decoupled: true}}}"),
        ]
        for losses, rules in games:
            sections = {**SECTIONS, "losses": losses, "train": train.format(rules)}
            shutil.rmtree(self.folder / "first")
            done = self.run_spec(spec_text(**sections), out="first")
            self.assertEqual(done.returncode, 0, done.stderr)
            changed = {**sections, "threads": "2",
                       "generator": sections["generator"].replace(
                           "plugin: mlp", "plugin: ./moved/generator-mlp.so"),
                       "metrics": "[{plugin: entropy-histogram, every: 7, samples: 900}, "
                                  "{plugin: modes, every: 10}]",
                       "log": "{samples: {every: 10, count: 700}, weights: {every: 5}, "
                              "checkpoint: {every: 13}, states: {every: 30}, losses: {every: 2}}"}
            lines = spec_text(**changed).splitlines(keepends=True)
            self.compare("".join(reversed(lines)), "--overwrite")

    def test_another_seed_gives_other_numbers(self):
        done = self.run_spec(spec_text(**{**SECTIONS, "seed": "2"}), out="second")
        self.assertEqual(done.returncode, 0)
        with h5py.File(self.folder / "first/run.h5") as a, \
                h5py.File(self.folder / "second/run.h5") as b:
            self.assertNotEqual(a["losses/generator"][-1], b["losses/generator"][-1])

    def test_another_architecture_is_an_edit_of_the_spec(self):
        before = binaries()
        sections = {**SECTIONS, "generator": "{plugin: mlp, hidden: [16], activation: tanh}",
                    "losses": "[{plugin: least-squares}]"}
        self.assertEqual(self.run_spec(spec_text(**sections), out="second").returncode, 0)
        self.assertEqual(binaries(), before)


if __name__ == "__main__":
    unittest.main()
