"""Weights that come from another run, players that are not trained, and the best weights."""
import unittest

import h5py
import numpy as np
from command import CommandTest, spec_text


class Weights(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(), "--set", "train.average=0.5").returncode, 0)

    def weights(self, out, player, name="body.0.weight", row=-1):
        with h5py.File(self.folder / out / "run.h5") as run:
            return run[f"weights/{player}/{name}"][row]

    def second(self, *settings, code=0):
        arguments = [word for setting in settings for word in ("--set", setting)]
        done = self.run_spec(spec_text(), *arguments, out="second")
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def test_a_run_begins_with_the_last_weights_of_another(self):
        self.second("train.init_from=run/run.h5", "seed=9")
        for player in ("generator", "discriminator"):
            np.testing.assert_array_equal(self.weights("second", player, row=0),
                                          self.weights("run", player))

    def test_a_step_a_player_and_the_average_can_be_chosen(self):
        self.second("train.init_from={run: run/run.h5, step: 10, players: [generator]}", "seed=9")
        np.testing.assert_array_equal(self.weights("second", "generator", row=0),
                                      self.weights("run", "generator", row=1))
        self.assertTrue((self.weights("second", "discriminator", row=0) !=
                         self.weights("run", "discriminator")).any())
        self.saddle("run", "spec.yaml", "--out", "third", "--set",
                    "train.init_from={run: run/run.h5, average: true}")
        np.testing.assert_array_equal(self.weights("third", "generator", row=0),
                                      self.weights("run", "average"))

    def test_networks_that_differ_are_refused_by_name(self):
        done = self.second("train.init_from=run/run.h5", "generator.hidden=[9]", code=2)
        run = f"train.init_from: {self.folder}/run/run.h5"
        self.assertEqual(done.stderr.strip(), f"--set train.init_from=run/run.h5: {run}: 'generator/body.0.weight' is [2, 8] there "
                                              "and [2, 9] in this spec. Build both alike.")
        done = self.second("train.init_from={run: run/run.h5, step: 7}", code=2)
        self.assertEqual(done.stderr.strip(),
                         "--set train.init_from={run: run/run.h5, step: 7}: "
                         f"{run} holds no weights of step 7; the nearest is step 10.")

    def test_a_frozen_player_keeps_its_weights_while_the_other_trains(self):
        self.second("train.freeze=[generator]")
        np.testing.assert_array_equal(self.weights("second", "generator", row=0),
                                      self.weights("second", "generator"))
        self.assertTrue((self.weights("second", "discriminator", row=0) !=
                         self.weights("second", "discriminator")).any())
        with h5py.File(self.folder / "second/run.h5") as run:
            self.assertTrue(np.isnan(run["players/generator/gradient-norm"][-1]))
            self.assertTrue(np.isfinite(run["losses/generator"][...]).all())

    def test_nothing_to_train_is_refused(self):
        done = self.second("train.freeze=[generator, discriminator]", code=2)
        self.assertIn("nothing is trained", done.stderr)

    def test_the_best_weights_are_kept_each_time_they_are_found(self):
        self.second("train.steps=60", "train.batch=64",
                    "metrics=[{plugin: kl-histogram, every: 5, samples: 200}]",
                    "log.best={series: kl-histogram/forward}", "log.weights.every=5")
        with h5py.File(self.folder / "second/run.h5") as run:
            steps, values = run["best/step"][...], run["best/value"][...]
            metric = run["metrics/kl-histogram"]
            best = np.argmin(metric["forward"][...])
            self.assertEqual(steps[-1], metric["step"][best])
            self.assertEqual(values[-1], metric["forward"][best])
            self.assertTrue((np.diff(values) < 0).all())
            row = list(run["weights/step"]).index(steps[-1])
            np.testing.assert_array_equal(run["best/generator/body.0.weight"][-1],
                                          run["weights/generator/body.0.weight"][row])

    def test_the_players_series_are_what_they_say(self):
        self.second("log.players.every=1", "log.weights.every=1", "train.steps=5",
                    "train.optimizer={discriminator: {sgd: {lr: 0.125}}}")
        with h5py.File(self.folder / "second/run.h5") as run:
            players = run["players/discriminator"]
            self.assertEqual(list(players["step"]), [1, 2, 3, 4, 5])
            tensors = [run[f"weights/discriminator/{name}"][...].astype(float) for name in
                       run["weights/discriminator"] if name.startswith("body")]
            norms = np.sqrt(sum((t.reshape(len(t), -1) ** 2).sum(1) for t in tensors))
            moves = np.sqrt(sum((np.diff(t, axis=0).reshape(5, -1) ** 2).sum(1) for t in tensors))
            np.testing.assert_allclose(players["parameter-norm"], norms[1:], rtol=1e-6)
            np.testing.assert_allclose(players["update-ratio"], moves / norms[:-1], rtol=1e-4)
            np.testing.assert_allclose(players["gradient-norm"], moves / 0.125, rtol=1e-4)
            self.assertEqual(set(players["learning-rate"]), {0.125})
            self.assertTrue(((players["accuracy"][...] >= 0) & (players["accuracy"][...] <= 1)).all())
            self.assertTrue((players["real-logit-deviation"][...] > 0).all())
            self.assertEqual(players["accuracy"].attrs["unit"], b"1"
                             if isinstance(players["accuracy"].attrs["unit"], bytes) else "1")


if __name__ == "__main__":
    unittest.main()
