"""The least work of a step, on networks that are small enough to count by hand."""
import unittest

from work import Workload, dcgan, mlp


class Work(unittest.TestCase):
    def test_a_network_counts_products_and_parameters(self):
        net = mlp([2, 3, 1])
        self.assertEqual((net.macs, net.first, net.parameters), (6 + 3, 6, 9 + 4))

    def test_a_step_of_two_linear_players(self):
        # Generator [1, 1], discriminator [1, 1], one sample: the update of D takes G's forward, two
        # forwards and two gradients of the weight of D, no gradient of an input; that of G takes
        # G, D, the gradient of D's input and of G's weight. Nine products of two operations.
        self.assertEqual(Workload(mlp([1, 1]), mlp([1, 1]), 1).operations(), 2 * (1 + 4 + 4))

    def test_each_further_update_and_each_sample_counts(self):
        player = mlp([1, 1])
        self.assertEqual(Workload(player, player, 10, updates=3).operations(), 20 * (3 * 5 + 4))

    def test_a_penalty_takes_four_passes_more(self):
        player = mlp([1, 1])
        self.assertEqual(Workload(player, player, 1, penalty=True).operations(), 2 * (5 + 4 + 4))

    def test_convolutions_count_windows(self):
        generator, discriminator = dcgan(1, 1)
        # One channel: 14 x 14 windows of 4 x 4 pixels; then 7 x 7 ones of that, to two channels.
        self.assertEqual(discriminator.first, 14 * 14 * 16)
        self.assertEqual(discriminator.macs, 14 * 14 * 16 + 7 * 7 * 16 * 2 + 98)
        self.assertEqual(generator.first, 98)
        # Convolutions 16 and 32, scale and shift of a norm 4, a bias 1, and the last layer 98 + 1.
        self.assertEqual(discriminator.parameters, 16 + 1 + 32 + 4 + 98 + 1)
        # Dense 98 + 98, norms 4 and 2, convolutions 32 and 16, the last bias.
        self.assertEqual(generator.parameters, 98 + 98 + 4 + 32 + 2 + 16 + 1)

    def test_the_optimizer_moves_seven_numbers_a_parameter(self):
        player = mlp([1, 1])
        self.assertEqual(Workload(player, player, 1, updates=2).optimizer_bytes(), 7 * 4 * 2 * 3)

    def test_the_slower_of_both_rates_bounds_a_step(self):
        player = mlp([1, 1])
        work = Workload(player, player, 1)  # 18 operations, 112 bytes
        self.assertEqual(work.least_seconds({"flops": 9, "bytes": 112}), 2)
        self.assertEqual(work.least_seconds({"flops": 18, "bytes": 28}), 4)


if __name__ == "__main__":
    unittest.main()
