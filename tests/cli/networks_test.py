"""Networks with state beside their weights: running statistics, singular vectors, multipliers, noise."""
import unittest

import numpy as np
from command import CommandTest, spec_text
from run_files import numbers, series

SECTIONS = {
    "generator": "{plugin: mlp, hidden: [8, 8], norm: batch, residual: true, dropout: 0.1}",
    "discriminator": "{plugin: mlp, hidden: [8, 8], norm: batch, spectral_norm: true, dropout: 0.2, "
                     "maxout_pieces: 2, bottleneck: 3}",
    "losses": "[{plugin: bce}, {plugin: bottleneck, beta_step: 0.1}]",
    "log": "{samples: {every: 10, count: 16}, weights: {every: 10}, states: {every: 10}}",
}


def train(steps):
    return f"{{steps: {steps}, batch: 16, discriminator_steps: 2, average: 0.9}}"


class Networks(CommandTest):
    def whole(self, out, **changes):
        done = self.run_spec(spec_text(**{**SECTIONS, **changes}), out=out)
        self.assertEqual(done.returncode, 0, done.stderr)
        return numbers(self.folder / out / "run.h5")

    def same(self, found, expected):
        self.assertEqual(sorted(found), sorted(expected))
        self.assertEqual([name for name in expected if found[name] != expected[name]], [])

    def test_all_state_is_resumed(self):
        expected = self.whole("whole", train=train(30))
        self.whole("run", train=train(17))
        done = self.saddle("resume", "run", "--set", "train.steps=30")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.same(numbers(self.folder / "run/run.h5"), expected)

    def test_threads_change_no_bit(self):
        self.same(self.whole("two", train=train(12), threads="2"),
                  self.whole("one", train=train(12)))

    def test_the_rate_of_the_bottleneck_is_limited(self):
        spec = {"train": "{steps: 400, batch: 32, optimizer: {discriminator: {adam: "
                         "{lr: 0.01}}}}", "log": "{losses: {every: 1}}",
                "discriminator": "{plugin: mlp, hidden: [16], bottleneck: 3}"}
        free = "[{plugin: bce}, {plugin: bottleneck, beta_step: 0}]"
        held = "[{plugin: bce}, {plugin: bottleneck, beta_step: 0.1}]"
        self.whole("free", **spec, losses=free)
        self.whole("held", **spec, losses=held)
        rates = {out: series(self.folder / out / "run.h5", "losses/bottleneck/rate")
                 for out in ("free", "held")}
        beta = series(self.folder / "held/run.h5", "losses/bottleneck/beta")
        self.assertEqual(beta[0], 0)
        # The multiplier of the next update follows from the rate of this one.
        follows = np.maximum(0, beta[:-1] + 0.1 * (rates["held"][:-1] - 0.2))
        np.testing.assert_allclose(beta[1:], follows, rtol=1e-5, atol=1e-6)
        self.assertLess(rates["held"][-100:].mean(), rates["free"][-100:].mean())

    def test_the_multiplier_of_a_bottleneck_follows_the_rate_of_the_update_alone(self):
        for rule in ("simultaneous", "unrolled: {steps: 3}"):
            out = rule[:8]
            done = self.run_spec(spec_text(
                train=f"{{steps: 3, batch: 32, update: {{{rule}}}}}" if ":" in rule else
                f"{{steps: 3, batch: 32, update: {rule}}}",
                discriminator="{plugin: mlp, hidden: [16], bottleneck: 3, activation: tanh}",
                losses="[{plugin: bce}, {plugin: bottleneck, information: 0.1, beta: 0.5, "
                       "beta_step: 0.25}]"), out=out)
            self.assertEqual(done.returncode, 0, done.stderr)
            rate, beta = (series(self.folder / out / "run.h5", f"losses/bottleneck/{name}")
                          for name in ("rate", "beta"))
            np.testing.assert_allclose(beta[1:], np.maximum(0, beta[:-1] + 0.25 * (rate[:-1] - 0.1)),
                                       rtol=1e-6)
            self.assertEqual(beta[0], 0.5)

    def test_unrolled_updates_pass_units_that_no_sample_reaches(self):
        done = self.run_spec(spec_text(train="{steps: 5, batch: 16, update: {unrolled: {steps: 3}}}",
                                       losses="[{plugin: bce}]"))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_rate_that_no_bottleneck_gives_is_refused(self):
        self.expect(self.run_spec(spec_text(losses=SECTIONS["losses"])), 2,
                    "spec.yaml:6:25: loss 'bottleneck' needs 'rate', which discriminator 'mlp' does not offer. No "
                    "plugin on the search path offers it with its default options.")

    def test_penalties_reach_conditional_discriminators(self):
        self.whole("run", train=train(3), latent="{z: {normal: 2}, y: {label: {}}}",
                   discriminator="{plugin: mlp, hidden: [8], condition: projection}",
                   losses="[{plugin: bce}, {plugin: gradient-penalty}, {plugin: dragan}, {plugin: r1}]")

    def test_a_space_of_a_classifier_needs_labels(self):
        (self.folder / "i").write_bytes(b"\0\0\x08\x03" + b"\0\0\0\2" * 3 + bytes(8))
        self.expect(self.run_spec(spec_text(dataset="{plugin: idx, images: i}",
                                            metrics="[{plugin: kid, space: classifier}]")), 2,
                    "spec.yaml:8:11: metric 'kid' needs 'labels', which dataset 'idx' with discriminator 'mlp' does "
                    "not offer. It is offered by: dataset 'gaussian-mixture', dataset 'grid', "
                    "dataset 'ring', dataset 'stacked-mnist'.")

    def test_the_rate_of_the_generator_is_limited(self):
        spec = {"train": "{steps: 400, batch: 32, optimizer: {generator: {adam: {lr: 0.01}}}}",
                "log": "{losses: {every: 1}}",
                "generator": "{plugin: mlp, hidden: [16], bottleneck: 3}"}
        for out, step in (("free", 0), ("held", 0.1)):
            self.whole(out, **spec,
                       losses=f"[{{plugin: bce}}, {{plugin: generator-bottleneck, beta_step: {step}}}]")
        rates = {out: series(self.folder / out / "run.h5", "losses/generator-bottleneck/rate")
                 for out in ("free", "held")}
        self.assertLess(rates["held"][-100:].mean(), 0.5 * rates["free"][-100:].mean())

    def test_a_rate_that_no_generator_gives_is_refused(self):
        losses = "[{plugin: bce}, {plugin: generator-bottleneck}]"
        self.expect(self.run_spec(spec_text(losses=losses)), 2,
                    "spec.yaml:6:25: loss 'generator-bottleneck' needs 'rate', which generator 'mlp' does not offer. "
                    "No plugin on the search path offers it with its default options.")


if __name__ == "__main__":
    unittest.main()
