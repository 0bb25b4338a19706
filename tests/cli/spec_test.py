"""Specs with mistakes: every one in one report, with its place and what to do. Exit code 2."""
import unittest

import numpy as np
from command import CommandTest, spec_text


class Mistakes(CommandTest):
    def test_all_mistakes_of_a_file_stand_in_one_report(self):
        text = """seed: one
dataset: {plugin: ring, mods: 8}
latent: {z: {normal: 2}}
generator: {plugin: mlp, hiden: [8]}
discriminator: {plugin: mlp, hidden: [0]}
losses: [{plugin: bce, form: minmax}, {plugin: bce}, {plugin: r1, name: step}]
train: {steps: 20, bach: 16, optimizer: {critic: {sgd: {}}}}
"""
        self.expect(self.run_spec(text), 2, """\
spec.yaml:1:7: seed: expected an integer from 0 to 9007199254740992, found 'one'.
spec.yaml:2:25: dataset 'ring' has no option 'mods'. Did you mean 'modes'? It takes: modes, points, radius, sigma.
spec.yaml:4:26: generator 'mlp' has no option 'hiden'. Did you mean 'hidden'? It takes: activation, bottleneck, dropout, fourier_features, fourier_high, fourier_low, hidden, init, init_deviation, init_gain, maxout_pieces, norm, output_activation, output_gain, residual, spectral_norm.
spec.yaml:5:39: discriminator 'mlp' hidden[0]: expected an integer from 1 to 65536, found '0'.
spec.yaml:6:30: loss 'bce' form: expected one of non-saturating, minimax, found 'minmax'. Did you mean 'minimax'?
spec.yaml:6:39: losses: the name 'bce' stands twice; give one of them another 'name'.
spec.yaml:6:54: losses: the name 'step' is reserved; give another 'name'.
spec.yaml:7:20: train has no key 'bach'. Did you mean 'batch'? It takes: average, batch, clip, discriminator_steps, epochs, freeze, generator_steps, init_from, instance_noise, on_divergence, optimizer, packing, rollback, steps, stop_when, update.
spec.yaml:7:42: train.optimizer: there is no player or loss term 'critic'. There are: discriminator, generator, bce, bce, step.""")

    def test_a_section_without_a_plugin_says_what_it_has(self):
        text = spec_text(losses="[{plugn: bce}, {}, {plugin: [bce]}, bce]")
        self.expect(self.run_spec(text), 2, """\
spec.yaml:6:10: loss: expected a mapping with 'plugin', found one of plugn. 'plugn': did you mean 'plugin'?
spec.yaml:6:24: loss: expected a mapping with 'plugin', found a mapping.
spec.yaml:6:28: loss: expected a mapping with 'plugin', found a list as its name.
spec.yaml:6:45: loss: expected a mapping with 'plugin', found 'bce'.""")

    def test_names_of_latent_parts_are_names(self):
        text = spec_text(latent="{a/b: {normal: 1}, z: {normal: 2, uniform: 2}}")
        self.expect(self.run_spec(text), 2, """\
spec.yaml:3:15: latent: expected a name of at most 200 letters, digits, '-', '_' and '.' that begins with no '.', found 'a/b'.
spec.yaml:3:31: latent.z: expected exactly one of normal, uniform, truncated, categorical, mixture, codebook, label, found normal and uniform.""")

    def test_quoted_numbers_are_text(self):
        self.expect(self.run_spec(spec_text(train='{steps: "60"}')), 2,
                    "spec.yaml:7:16: train.steps: expected an integer from 1 to 1e+12, found the "
                    "text '60'.")

    def test_weights_follow_schedules_that_are_possible(self):
        text = spec_text(losses="[{plugin: bce, weight: {exponential: {from: 0, to: 2}}}]")
        self.expect(self.run_spec(text), 2, "spec.yaml:6:32: losses: weight: both ends of an "
                                            "exponential schedule must be above 0, or below.")

    def test_a_term_without_parameters_has_no_optimizer(self):
        text = spec_text(train="{steps: 2, batch: 4, optimizer: {bce: {sgd: {}}}}")
        self.expect(self.run_spec(text), 2, "spec.yaml:7:46: train.optimizer.bce: loss 'bce' has no parameters of its "
                                            "own to train. Take the entry away.")

    def test_losses_and_metrics_say_how_many_samples_they_need(self):
        train = "{steps: 2, batch: 1}"
        for term, least in (("{plugin: entropy-bonus}", 4), ("{plugin: latent-distance}", 2),
                            ("{plugin: mutual-information}", 2),
                            ("{plugin: kl-guidance, estimate: kernel}", 2)):
            text = spec_text(train=train, losses=f"[{{plugin: bce}}, {term}]")
            done = self.saddle("check", self.write(text))
            self.assertRegex(done.stderr, f"^spec.yaml:6:25: loss '.*': train.batch: expected at least {least} "
                                          "samples, found 1.")
            self.assertEqual(done.returncode, 2)
        for metric, least in (("kl-neighbours", 6), ("entropy-neighbours", 4), ("mi-neighbours", 4),
                              ("precision-recall", 4), ("density-coverage", 6), ("kid", 2)):
            text = spec_text(metrics=f"[{{plugin: {metric}, samples: 1}}]")
            self.expect(self.saddle("check", self.write(text)), 2,
                        f"spec.yaml:8:11: metric '{metric}': samples: expected at least {least}, found 1.")

    def test_memorisation_needs_a_test_split(self):
        np.save(self.folder / "x.npy", np.arange(40.0).reshape(20, 2))
        text = spec_text(dataset="{plugin: npy, path: x.npy, test_share: 0}",
                         metrics="[{plugin: memorisation}]")
        self.expect(self.saddle("check", self.write(text)), 2,
                    "spec.yaml:8:11: metric 'memorisation' needs test samples, and dataset 'npy' has none. Give it "
                    "some: saddle describe dataset npy lists its options.")

    def test_a_layer_that_is_not_there_is_found_by_check(self):
        text = spec_text(metrics="[{plugin: information-plane, layers: [body.o]}]")
        self.expect(self.saddle("check", self.write(text)), 2,
                    "spec.yaml:8:11: metric 'information-plane': there is no layer 'body.o' in this network. Did you "
                    "mean 'body.0'? It has: body.0, body.1, body.")

    def test_laws_of_the_latent_that_cannot_be_drawn_are_refused(self):
        text = spec_text(latent="{z: {codebook: {size: 1048576, entries: 1048576}}, "
                                "u: {uniform: {size: 1, low: 1, high: 1}}}")
        self.expect(self.saddle("check", self.write(text)), 2, """\
spec.yaml:3:13: latent.z: 1048576 points of 1048576 numbers are more than 67108864 numbers. Take fewer.
spec.yaml:3:63: latent.u.uniform: expected low below high, found low: 1 and high: 1.""")

    def test_missing_sections_are_named(self):
        done = self.run_spec("seed: 1\n")
        self.assertEqual(done.returncode, 2)
        for key in ("dataset", "latent", "generator", "discriminator", "losses", "train"):
            self.assertIn(f"the spec needs '{key}'", done.stderr)

    def test_the_length_of_the_run_must_be_said(self):
        self.expect(self.run_spec(spec_text(train="{batch: 16}")), 2,
                    "spec.yaml:7:8: train needs 'steps' or 'epochs'.")

    def test_all_rules_but_alternating_take_one_update_of_each_player(self):
        for rule in ("simultaneous", "extragradient", "optimistic", "consensus", "unrolled"):
            for steps in ("discriminator_steps: 2", "generator_steps: 2"):
                text = spec_text(train=f"{{steps: 1, update: {rule}, {steps}}}")
                self.expect(self.run_spec(text), 2,
                            f"spec.yaml:7:27: train.update: {rule} needs discriminator_steps: 1 "
                            "and generator_steps: 1.")

    def test_an_update_rule_is_a_name_or_a_mapping(self):
        for rule in ("extragradient", "{optimistic: {}}", "{unrolled: {steps: 2}}", "unrolled",
                     "{consensus: {gamma: 0.5}}"):
            text = spec_text(train=f"{{steps: 2, batch: 4, update: {rule}}}")
            done = self.saddle("check", self.write(text))
            self.assertEqual(done.returncode, 0, done.stderr)
        text = spec_text(train="{steps: 1, update: optimstic}")
        self.expect(self.run_spec(text), 2,
                    "spec.yaml:7:27: train.update: expected one of alternating, simultaneous, "
                    "extragradient, optimistic, consensus, unrolled, found 'optimstic'. Did you "
                    "mean 'optimistic'?")
        text = spec_text(train="{steps: 1, update: {unrolled: {step: 0}, consensus: {gamma: -1}}}")
        self.expect(self.run_spec(text), 2, """\
spec.yaml:7:27: train.update: expected exactly one of alternating, simultaneous, extragradient, optimistic, consensus, unrolled, found consensus and unrolled.
spec.yaml:7:39: train.update.unrolled has no key 'step'. Did you mean 'steps'? It takes: steps.
spec.yaml:7:68: train.update.consensus.gamma: expected a number from 0 to 1e+06, found '-1'.""")

    def test_combinations_of_updates_that_make_no_sense_are_refused(self):
        text = spec_text(train="{steps: 1, update: unrolled, freeze: [discriminator], "
                               "clip: {norm: 1, value: 1}}")
        self.expect(self.run_spec(text), 2, """\
spec.yaml:7:27: train.update: unrolled looks ahead at steps of the discriminator, which is frozen. Free it, or take another rule.
spec.yaml:7:68: train.clip: expected at most one of norm, value.""")

    def test_labels_need_a_dataset_that_has_them(self):
        (self.folder / "i").write_bytes(b"\0\0\x08\x03" + b"\0\0\0\2" * 3 + bytes(8))
        text = spec_text(dataset="{plugin: idx, images: i}", latent="{z: {normal: 2}, y: label}")
        self.expect(self.run_spec(text), 2,
                    "spec.yaml:3:29: latent part 'y' needs 'labels', which dataset 'idx' does not offer. It is "
                    "offered by: dataset 'gaussian-mixture', dataset 'grid', dataset 'ring', "
                    "dataset 'stacked-mnist'.")

    def test_a_sample_has_one_label(self):
        text = spec_text(latent="{z: {normal: 2}, y: {label: {}}, l: label}",
                         train="{steps: 1, packing: 2}")
        self.expect(self.run_spec(text), 2, """\
spec.yaml:3:29: latent.y: label needs train.packing: 1, since a tuple of several samples has no label.
spec.yaml:3:45: latent.l: a sample has one label, and 'y' is it. Take another law for one of them.
spec.yaml:3:45: latent.l: label needs train.packing: 1, since a tuple of several samples has no label.""")

    def test_every_law_of_a_latent_runs(self):
        text = spec_text(latent="{a: {normal: 1}, b: {uniform: 2}, c: {truncated: 2}, "
                                "d: {categorical: 3}, e: {mixture: 2}, f: {codebook: 2}, y: label}")
        done = self.run_spec(text)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_watched_series_must_exist(self):
        text = spec_text(train="{steps: 1, batch: 4, "
                               "stop_when: {series: generater, below: 0}}")
        norms = ["parameter-norm", "gradient-norm", "update-ratio", "learning-rate", "digest"]
        logits = ["accuracy", "real-logit-mean", "real-logit-deviation", "generated-logit-mean",
                  "generated-logit-deviation"]
        series = ["discriminator", "generator", "bce-discriminator", "bce-generator",
                  "r1-discriminator", "r1/squared-norm",
                  *(f"players/discriminator/{name}" for name in logits + norms),
                  *(f"players/generator/{name}" for name in norms)]
        message = ("this run records no series 'generater'. Did you mean 'generator'? It records: "
                   f"{', '.join(series)}.")
        self.expect(self.run_spec(text), 2, f"spec.yaml:7:49: train.stop_when: {message}")
        best = spec_text(log="{best: {series: generater}}")
        self.expect(self.run_spec(best), 2, f"spec.yaml:9:22: log.best: {message}")

    def test_a_metric_without_its_truth_is_refused_with_who_offers_it(self):
        (self.folder / "i").write_bytes(b"\0\0\x08\x03" + b"\0\0\0\2" * 3 + bytes(8))
        text = spec_text(dataset="{plugin: idx, images: i}", metrics="[{plugin: modes}]")
        self.expect(self.run_spec(text), 2,
                    "spec.yaml:8:11: metric 'modes' needs 'modes', which dataset 'idx' with discriminator 'mlp' "
                    "does not offer. It is offered by: dataset 'gaussian-mixture', dataset 'grid', "
                    "dataset 'ring'.")

    def test_a_spec_without_a_discriminator_objective_is_refused(self):
        text = spec_text(losses="[{plugin: r1}]")
        self.expect(self.run_spec(text), 2,
                    "spec.yaml:6:9: no loss has an objective for the generator; add one.")

    def test_files_that_are_no_spec(self):
        (self.folder / "rubbish.yaml").write_bytes(bytes(range(256)))
        self.write("", "empty.yaml")
        self.write("a: &a [*a]\n", "recursive.yaml")
        self.write("[" * 100000, "deep.yaml")
        self.write("a: 1\n---\nb: 2\n", "two.yaml")
        self.write("a: 1\na: 2\n", "twice.yaml")
        bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for i in range(1, 12):
            bomb += f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n"
        self.write(bomb, "bomb.yaml")
        for name in ("rubbish", "empty", "recursive", "deep", "two", "twice", "bomb", "absent"):
            done = self.saddle("check", name + ".yaml")
            self.assertEqual(done.returncode, 2, name)
            self.assertTrue(done.stderr.startswith(name + ".yaml"), done.stderr)
        done = self.saddle("check", ".")
        self.assertEqual(done.returncode, 2)

    def test_a_term_must_not_take_the_name_of_a_series(self):
        self.expect(self.run_spec(spec_text(losses="[{plugin: bce}, {plugin: r1, name: bce-generator}]")),
                    2, "spec.yaml:6:25: losses: the name 'bce-generator' is that of a series; give another 'name'.")

    def test_rates_and_noise_are_not_negative(self):
        for train, place in (("instance_noise: -1", "train.instance_noise"),
                             ("optimizer: {generator: {adam: {lr: -1}}}", "train.optimizer.generator: lr")):
            done = self.run_spec(spec_text(train=f"{{steps: 1, batch: 4, {train}}}"))
            self.assertIn(f"{place}: expected a number that is not negative, found -1.", done.stderr)
            self.assertEqual(done.returncode, 2)

    def test_more_epochs_than_can_be_counted(self):
        self.expect(self.run_spec(spec_text(train="{epochs: 1000000000000, batch: 16}",
                                            dataset="{plugin: ring, points: 10000000}")), 2,
                    "spec.yaml:7:17: train.epochs: 1000000000000 passes over 10000000 samples are more than "
                    "1152921504606846976 samples. Take fewer.")

    def test_a_loss_that_is_not_found_has_its_name_all_the_same(self):
        text = spec_text(losses="[{plugin: bce}, {plugin: own-loss}]", train="{steps: 1, batch: 4, "
                         "optimizer: {own-loss: adam}}")
        done = self.run_spec(text)
        self.assertIn("No loss is called 'own-loss'", done.stderr)
        self.assertNotIn("there is no player", done.stderr)
        self.assertEqual(done.returncode, 3)

    def test_a_sound_spec_passes(self):
        done = self.saddle("check", self.write(spec_text()))
        self.assertEqual(done.stdout, "spec.yaml: ok, 20 steps\n")
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
