"""The least work that a step of each workload can be done with, as a formula.

A network counts by the multiply-adds that one sample takes on its way through: W in all, W1 in its
first layer. With B samples a batch, c updates of the discriminator D and one of the generator G, a
step takes

    2 B (c (G + 2 D + 2 D + 2 (D - D1) + P) + G + D + D + G + (G - G1))

operations: for each update of D generated samples, then forward, gradients of the weights and of
all inputs but the first of real and generated samples; for the update of G forward through both,
gradients of D's inputs, and of G's weights and inner inputs. A gradient penalty P takes 4 D: its
points' forward, the gradient at them, and for the gradient of its norm the same products once more
in each direction. Activations, norms, losses, logs and optimizers count as nothing.
"""
FORMULA = "2 B (c (G + 4 D + 2 (D - D1) + P) + 2 G + 2 D + (G - G1))"
SCALAR_BYTES = 4


class Network:
    """Multiply-adds of a sample, those of the first layer, and the number of parameters."""

    def __init__(self, macs, first, parameters):
        self.macs, self.first, self.parameters = macs, first, parameters


def mlp(sizes):
    layers = [a * b for a, b in zip(sizes, sizes[1:])]
    return Network(sum(layers), layers[0], sum(layers) + sum(sizes[1:]))


def dcgan(channels, latent):
    """Both players on images of 28 x 28: (generator, discriminator)."""
    image, small = 14 * 14 * 16 * channels, 7 * 7 * 16 * channels * 2 * channels
    dense = latent * 49 * 2 * channels
    weights = 16 * channels + 32 * channels * channels
    # Each norm has a scale and a shift; what it follows has no bias, but for the dense layer.
    generator = Network(dense + small + image, dense,
                        weights + dense + 49 * 2 * channels + 6 * channels + 1)
    discriminator = Network(image + small + 98 * channels, image,
                            weights + channels + 4 * channels + 98 * channels + 1)
    return generator, discriminator


class Workload:
    def __init__(self, generator, discriminator, batch, updates=1, penalty=False):
        self.generator, self.discriminator = generator, discriminator
        self.batch, self.updates, self.penalty = batch, updates, penalty

    def operations(self):
        g, d = self.generator, self.discriminator
        critic = g.macs + 4 * d.macs + 2 * (d.macs - d.first) + (4 * d.macs if self.penalty else 0)
        rest = 2 * g.macs + 2 * d.macs + (g.macs - g.first)
        return 2 * self.batch * (self.updates * critic + rest)

    def optimizer_bytes(self):
        """Adam reads weights, gradients and two moments, and writes all but the gradients."""
        updated = self.updates * self.discriminator.parameters + self.generator.parameters
        return 7 * SCALAR_BYTES * updated

    def least_seconds(self, peak):
        """By what one of the two takes alone at the machine's rates."""
        return max(self.operations() / peak["flops"], self.optimizer_bytes() / peak["bytes"])


WORKLOADS = {
    "ring-mlp-bce": Workload(mlp([2, 128, 128, 2]), mlp([2, 128, 128, 1]), 512),
    "toy-wgan-gp": Workload(mlp([2, 512, 512, 512, 2]), mlp([2, 512, 512, 512, 1]), 256, 5, True),
    "mnist-mlp-bce": Workload(mlp([100, 256, 512, 1024, 784]), mlp([784, 512, 256, 1]), 64),
    "mnist-dcgan-bce": Workload(*dcgan(64, 100), 64),
}
