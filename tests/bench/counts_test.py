"""What a steady step asks for, in counts: never in times. usage: counts_test.py BUILD SPEC"""
import json
import pathlib
import subprocess
import sys
import unittest

from workers import clean_environment

BUILD, SPEC = pathlib.Path(sys.argv.pop(1)), sys.argv.pop(1)


def counts(*overrides):
    """What the program of the benchmark says before it is told to run."""
    done = subprocess.run([BUILD / "tests/bench_steps", SPEC, *overrides], text=True, check=True,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          env=clean_environment(SADDLE_PLUGIN_PATH=BUILD / "plugins"))
    return json.loads(done.stdout)


def players(hidden):
    return [f"generator.hidden={hidden}", f"discriminator.hidden={hidden}"]


class Counts(unittest.TestCase):
    def test_a_steady_step_asks_the_system_for_no_memory(self):
        # Neither the pool does, nor anything beside it but oneDNN. Where rows went to the log's
        # thread meanwhile, which is a matter of time, the count is taken again.
        for overrides in [], players([8, 8]), ["train.batch=128"]:
            found = min((counts(*overrides) for _ in range(3)),
                        key=lambda counted: counted["allocations"]["saddle"]["calls"])
            self.assertEqual((found["pool_misses"], found["allocations"]["saddle"]["calls"]),
                             (0, 0), overrides)

    def test_a_hidden_layer_more_makes_26_nodes_more(self):
        # Forward, a layer is one node: linear with activation. It is run by G and twice by D for
        # the discriminator, by G and D for the generator: 5. Backward it is a gate, a product for
        # its input, one for its weight, and a sum and its shape for its bias: 5 for each batch of
        # the discriminator, whose sums over both batches are made in place, 5 for the generator, and
        # the first two alone for D in the generator's round: 17. Its two new parameters in each
        # player: 4.
        few, more = counts(*players([8])), counts(*players([8, 8]))
        self.assertEqual(more["nodes"] - few["nodes"], 5 + 17 + 4)

    def test_one_pass_of_both_batches_saves_6_nodes_of_a_layer(self):
        # A forward, and 5 nodes backward.
        few = counts("train.batch=128", *players([8]))
        more = counts("train.batch=128", *players([8, 8]))
        self.assertEqual(more["nodes"] - few["nodes"], 26 - 1 - 5)

    def test_the_parameters_after_100_steps_are_the_same_on_two_threads(self):
        one, two = counts("threads=1"), counts("threads=2")
        self.assertEqual((one["steps"], two["threads"]), (100, 2))
        for player in ("generator", "discriminator"):
            self.assertEqual(one[player], two[player])


if __name__ == "__main__":
    unittest.main()
