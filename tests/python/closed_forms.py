"""Laws whose entropy, divergence or information is known: `ROWS`, each a name, the quantity, the
truth in nats and a sampler (n, rng) -> x or x, y with rows for points. Numpy alone. Truths without
a formula were found by quadrature to all digits given."""
import math
from dataclasses import dataclass
from typing import Callable

import numpy as np

from information_tasks import TASKS, digamma

LOG_2PI = math.log(2 * math.pi)


@dataclass(frozen=True)
class Row:
    name: str
    quantity: str
    truth: float
    sample: Callable  # of (n, rng) -> a tuple of one or two arrays


# Samplers of points.

def normal(covariance, mean=None):
    root = np.linalg.cholesky(np.atleast_2d(covariance))
    return lambda n, rng: rng.standard_normal((n, len(root))) @ root.T + (0 if mean is None else mean)


def laplace(n, rng):
    return rng.laplace(0, 1, (n, 1))


def exponential(rate):
    return lambda n, rng: rng.exponential(1 / rate, (n, 1))


def uniform(width):
    return lambda n, rng: rng.random((n, 1)) * width


def gamma(shape):
    return lambda n, rng: rng.gamma(shape, 1, (n, 1))


def student(d, freedom):
    return lambda n, rng: (rng.standard_normal((n, d))
                           * np.sqrt(freedom / rng.chisquare(freedom, (n, 1))))


def bimodal(n, rng):
    """Half and half N(-2, 1/4) and N(2, 1/4)."""
    return rng.choice([-2.0, 2.0], (n, 1)) + 0.5 * rng.standard_normal((n, 1))


def ring_and_labels(sigma=0.1, weights=(1,) * 8):
    """Eight Gaussians around a circle of radius 2, with the number of each point's."""
    p = np.array(weights) / sum(weights)

    def sample(n, rng):
        label = rng.choice(8, n, p=p)
        angle = 2 * math.pi * label / 8
        centre = 2 * np.column_stack([np.cos(angle), np.sin(angle)])
        return label[:, None].astype(float), centre + sigma * rng.standard_normal((n, 2))
    return sample


def ring(**options):
    sample = ring_and_labels(**options)
    return lambda n, rng: sample(n, rng)[1]


def channel(joint):
    """Symbols x, y of the joint probabilities joint[x][y]."""
    joint = np.array(joint)

    def sample(n, rng):
        cell = rng.choice(joint.size, n, p=joint.ravel())
        return tuple(symbol[:, None].astype(float) for symbol in np.divmod(cell, joint.shape[1]))
    return sample


def beside_uniform(symbols):
    """A symbol x and x + 2u with u uniform."""
    def sample(n, rng):
        x = rng.integers(0, symbols, (n, 1)).astype(float)
        return x, x + 2 * rng.random((n, 1))
    return sample


def zero_inflated_poisson(zeros):
    """x exponential, y 0 with probability `zeros` and else Poisson of mean x."""
    def sample(n, rng):
        x = rng.exponential(1, (n, 1))
        return x, np.where(rng.random((n, 1)) < zeros, 0, rng.poisson(x)).astype(float)
    return sample


# Formulas.

def gaussian_kl(p, q, shift=0.0):
    """KL(N(m, p) || N(0, q)) of matrices p and q and of shift = m^T q^-1 m."""
    p, q = np.atleast_2d(p), np.atleast_2d(q)
    return 0.5 * (np.trace(np.linalg.solve(q, p)) + shift - len(p)
                  + np.linalg.slogdet(q)[1] - np.linalg.slogdet(p)[1])


def student_entropy(d, freedom):
    half = (freedom + d) / 2
    return (math.lgamma(freedom / 2) - math.lgamma(half) + d / 2 * math.log(freedom * math.pi)
            + half * (digamma(half) - digamma(freedom / 2)))


def binary_entropy(p):
    return -p * math.log(p) - (1 - p) * math.log1p(-p)


def autoregressive(d):
    return 0.6 ** np.abs(np.subtract.outer(np.arange(d), np.arange(d)))


def entropies():
    def row(name, truth, points):
        return Row("entropy of " + name, "entropy", truth, lambda n, rng: (points(n, rng),))
    return [row("a normal", (1 + LOG_2PI) / 2, normal(1)),
            row("Laplace's law", 1 + math.log(2), laplace),
            row("an exponential", 1.0, exponential(1)),
            row("a Cauchy", math.log(4 * math.pi), student(1, 1)),
            row("a gamma of shape 2", 2 - digamma(2), gamma(2)),
            row("a t in three dimensions", student_entropy(3, 2), student(3, 2)),
            row("a ring of eight", 0.312148, ring())]


def divergences():
    rows = []

    def both(name, p, q, forward, reverse):
        rows.append(Row("KL of " + name, "kl", forward, lambda n, rng: (p(n, rng), q(n, rng))))
        rows.append(Row("KL of " + name + ", reversed", "kl", reverse,
                        lambda n, rng: (q(n, rng), p(n, rng))))
    one = np.eye(1)
    both("N(1, 1) and N(0, 1)", normal(1, 1), normal(1), 0.5, 0.5)
    both("N(0, 1) and N(0, 4)", normal(1), normal(4), gaussian_kl(one, 4 * one), gaussian_kl(4 * one, one))
    for d in (5, 20):
        ar, same = autoregressive(d), np.eye(d)
        both(f"AR(0.6) and independence in {d} dimensions", normal(ar), normal(same),
             gaussian_kl(ar, same), gaussian_kl(same, ar))
    both("Laplace's law and a normal", laplace, normal(1), 0.5 * LOG_2PI - math.log(2),
         math.log(2) + math.sqrt(2 / math.pi) - (1 + LOG_2PI) / 2)
    both("two exponentials", exponential(1), exponential(2), 1 - math.log(2), math.log(2) - 0.5)
    both("a uniform in a wider one", uniform(1), uniform(2), math.log(2), math.inf)
    ratio = math.lgamma(5) - math.lgamma(2)
    both("gammas of shape 2 and 5", gamma(2), gamma(5), ratio - 3 * digamma(2), 3 * digamma(5) - ratio)
    both("a t of freedom 3 and a normal", student(1, 3), normal(1), 0.645461, 0.069152)
    both("two modes and one of their moments", bimodal, normal(4.25), 0.723553, 2.097617)
    both("a ring without a mode and a whole one", ring(weights=(1,) * 7 + (0,)), ring(),
         math.log(8 / 7), 13.0978)
    both("half a ring and a whole one", ring(weights=(1,) * 4 + (0,) * 4), ring(), math.log(2), 128.6)
    both("one mode and a whole ring", ring(weights=(1,) + (0,) * 7), ring(), math.log(8), 397.9)
    both("an unbalanced ring and a whole one", ring(weights=range(8, 0, -1)), ring(), 0.142644, 0.178502)
    both("a blurred ring and a sharp one", ring(sigma=0.2), ring(), 1.613129, 0.636294)
    return rows


def discrete():
    def row(name, truth, joint):
        return Row("information through " + name, "mi", truth, channel(joint))
    symmetric = np.full((8, 8), 0.2 / 56)
    np.fill_diagonal(symmetric, 0.1)
    return [row("a binary symmetric channel", math.log(2) - binary_entropy(0.11),
                [[0.445, 0.055], [0.055, 0.445]]),
            row("a binary erasure channel", 0.9 * math.log(2), [[0.45, 0.05, 0], [0, 0.05, 0.45]]),
            row("a Z channel", binary_entropy(0.15) - 0.3 * math.log(2), [[0.7, 0], [0.15, 0.15]]),
            row("a symmetric channel of 8 symbols",
                math.log(8) - binary_entropy(0.2) - 0.2 * math.log(7), symmetric)]


def mixed():
    rows = [Row(f"information of a symbol of {m} and it with noise", "mi",
                math.log(m) - (m - 1) / m * math.log(2), beside_uniform(m)) for m in (2, 5, 20)]
    for sigma, truth in ((0.1, 2.079442), (0.5, 1.763744), (1.0, 1.037450)):
        rows.append(Row(f"information of a mode and its points of deviation {sigma}", "mi", truth,
                        ring_and_labels(sigma=sigma)))
    for zeros, truth in ((0, 0.301245), (0.15, 0.229776), (0.5, 0.116384)):
        rows.append(Row(f"information of a mean and its Poisson count, {zeros} of them 0", "mi", truth,
                        zero_inflated_poisson(zeros)))
    return rows


def continuous():
    """The benchmark's tasks of at most ten coordinates."""
    return [Row("information of " + task.name, "mi", task.truth, task.sample) for task in TASKS
            if "25-25" not in task.name and "50-50" not in task.name]


ROWS = {"entropies": entropies(), "divergences": divergences(), "discrete": discrete(), "mixed": mixed(),
        "continuous": continuous()}
