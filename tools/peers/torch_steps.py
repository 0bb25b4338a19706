#!/usr/bin/python3
"""torch_steps.py WORKLOAD THREADS: the adversarial steps of tools/bench in PyTorch, on the CPU.

A step is one round of updates as experiments/bench counts it: all updates of the discriminator and
one of the generator, Adam on both, real data in memory. Biases that a batch norm takes away at once
are left out on this side as on the other. Prints a line of JSON when it is warm; then, for each
line of stdin, runs for that number of seconds and prints the seconds of each step as a JSON list.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

WARM_STEPS = 20
SAMPLES = 4096


def mlp(sizes, activation=nn.ReLU, last=None):
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(a, b))
        if i < len(sizes) - 2:
            layers.append(activation())
    return nn.Sequential(*layers, *([last()] if last else []))


def leaky():
    return nn.LeakyReLU(0.2)


def dcgan_generator():
    return nn.Sequential(
        nn.Linear(100, 128 * 7 * 7), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128), nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh())


def dcgan_discriminator():
    return nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), leaky(),
        nn.Conv2d(64, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), leaky(),
        nn.Flatten(), nn.Linear(128 * 7 * 7, 1))


class Workload:
    def __init__(self, generator, discriminator, latent, sample, batch, updates=1, penalty=0.0):
        self.generator, self.discriminator = generator, discriminator
        self.latent, self.batch, self.updates, self.penalty = latent, batch, updates, penalty
        self.data = torch.randn(SAMPLES, *sample)
        self.optimizers = [torch.optim.Adam(player.parameters(), lr=1e-4, betas=(0.5, 0.9))
                           for player in (generator, discriminator)]

    def update(self, optimizer, loss):
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    def generated(self):
        return self.generator(torch.randn(self.batch, self.latent))

    def gradient_penalty(self, real, generated):
        share = torch.rand(self.batch, *[1] * (real.dim() - 1))
        points = (share * real + (1 - share) * generated).requires_grad_(True)
        gradient, = torch.autograd.grad(self.discriminator(points).sum(), points, create_graph=True)
        return self.penalty * ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean()

    def discriminator_loss(self):
        real = self.data[torch.randint(0, SAMPLES, (self.batch,))]
        with torch.no_grad():
            generated = self.generated()
        real_logits, logits = self.discriminator(real), self.discriminator(generated)
        if self.penalty:
            return logits.mean() - real_logits.mean() + self.gradient_penalty(real, generated)
        return F.softplus(-real_logits).mean() + F.softplus(logits).mean()

    def step(self):
        for _ in range(self.updates):
            self.update(self.optimizers[1], self.discriminator_loss())
        logits = self.discriminator(self.generated())
        loss = -logits.mean() if self.penalty else F.softplus(-logits).mean()
        self.update(self.optimizers[0], loss)


def make(name):
    if name == "ring-mlp-bce":
        return Workload(mlp([2, 128, 128, 2]), mlp([2, 128, 128, 1]), 2, (2,), 512)
    if name == "toy-wgan-gp":
        return Workload(mlp([2, 512, 512, 512, 2]), mlp([2, 512, 512, 512, 1]), 2, (2,), 256, 5, 0.1)
    if name == "mnist-mlp-bce":
        return Workload(mlp([100, 256, 512, 1024, 784], leaky, nn.Tanh),
                        mlp([784, 512, 256, 1], leaky), 100, (784,), 64)
    if name == "mnist-dcgan-bce":
        return Workload(dcgan_generator(), dcgan_discriminator(), 100, (1, 28, 28), 64)
    sys.exit(f"torch_steps.py: there is no workload '{name}'")


def main():
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(0)
    workload = make(sys.argv[1])
    for _ in range(WARM_STEPS):
        workload.step()
    print(json.dumps({"workload": sys.argv[1], "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        times, before = [], time.perf_counter()
        end = before + float(line)
        while before < end:
            workload.step()
            now = time.perf_counter()
            times.append(now - before)
            before = now
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
