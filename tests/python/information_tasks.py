"""The 40 tasks of the benchmark of mutual information "Beyond Normal" (Czyz et al., NeurIPS 2023),
from their definitions there: `TASKS`, each a name, the truth in nats and a sampler (n, rng) -> x, y
with rows for points. Numpy alone."""
import math
from dataclasses import dataclass
from typing import Callable

import numpy as np


@dataclass(frozen=True)
class Task:
    name: str
    truth: float
    sample: Callable


def phi(x):
    """The distribution function of N(0, 1)."""
    return 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2)))


def digamma(x):
    """By recurrence to 10 and beyond, then Stirling's series; 1e-12."""
    shift = 0.0
    while x < 10:
        shift -= 1 / x
        x += 1
    y = 1 / (x * x)
    return shift + math.log(x) - 0.5 / x - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y / 240)))


def gaussian_information(covariance, dx):
    def log_det(a):
        return np.linalg.slogdet(a)[1]
    return 0.5 * (log_det(covariance[:dx, :dx]) + log_det(covariance[dx:, dx:]) - log_det(covariance))


def student_information(d, freedom):
    """Of d + d dimensions without correlation: 2 h(d) - h(2 d)."""
    def entropy(k):
        half = (freedom + k) / 2
        return (math.lgamma(freedom / 2) - math.lgamma(half) + k / 2 * math.log(freedom * math.pi)
                + half * (digamma(half) - digamma(freedom / 2)))
    return 2 * entropy(d) - entropy(2 * d)


# Samplers of pairs.

def gaussian(covariance, dx):
    root = np.linalg.cholesky(covariance)

    def sample(n, rng):
        z = rng.standard_normal((n, len(root))) @ root.T
        return z[:, :dx], z[:, dx:]
    return sample


def student(d, freedom):
    def sample(n, rng):
        z = rng.standard_normal((n, 2 * d)) * np.sqrt(freedom / rng.chisquare(freedom, (n, 1)))
        return z[:, :d], z[:, d:]
    return sample


def additive(width):
    def sample(n, rng):
        x = rng.random((n, 1))
        return x, x + rng.uniform(-width, width, (n, 1))
    return sample


def mapped(sample, of_x, of_y=None):
    def pushed(n, rng):
        x, y = sample(n, rng)
        return of_x(x), (of_y or of_x)(y)
    return pushed


# Maps of rows.

def same(x):
    return x


def half_cube(x):
    return x * np.sqrt(np.abs(x))


def wiggly_x(x):
    return x + 0.4 * np.sin(x) + 0.2 * np.sin(1.7 * x + 1) + 0.03 * np.sin(3.3 * x - 2.5)


def wiggly_y(y):
    return y - 0.4 * np.sin(0.4 * y) + 0.17 * np.sin(1.3 * y + 3.5) + 0.02 * np.sin(4.3 * y - 2.5)


def swiss_roll(u):
    t = 1.5 * math.pi * (1 + 2 * u)
    return np.hstack([t * np.cos(t), t * np.sin(t)]) / 21


def mixture_quantile(weights, means):
    """u -> the quantile of a mixture of normals of deviation 1, by bisection."""
    def quantile(u):
        low, high = np.full_like(u, -10), np.full_like(u, 10)
        for _ in range(50):
            middle = (low + high) / 2
            below = sum(w * phi(middle - m) for w, m in zip(weights, means)) < u
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2
    return quantile


def spiral(i, j):
    """Turns each row in the plane of axes i and j by its squared length over its dimension."""
    def turned(x):
        angle = (x * x).sum(axis=1) / x.shape[1]
        result = x.copy()
        result[:, i] = np.cos(angle) * x[:, i] - np.sin(angle) * x[:, j]
        result[:, j] = np.sin(angle) * x[:, i] + np.cos(angle) * x[:, j]
        return result
    return turned


def dense(d):
    return np.full((2 * d, 2 * d), 0.5) + 0.5 * np.eye(2 * d)


def two_pairs(d):
    """Correlations of 4 / 5 between the first two axes of x and of y."""
    covariance = np.eye(2 * d)
    for i in range(2):
        covariance[i, d + i] = covariance[d + i, i] = 0.8
    return covariance


def one_dimensional():
    covariance = np.array([[1, 0.75], [0.75, 1]])
    truth, normal = gaussian_information(covariance, 1), gaussian(covariance, 1)
    uniform = mapped(normal, phi)
    bimodal = mapped(uniform, mixture_quantile((0.3, 0.7), (0, 5)),
                     mixture_quantile((0.5, 0.5), (-1, 3)))
    cauchy, of_cauchy = student(1, 1), student_information(1, 1)
    return [Task("1v1-normal-0.75", truth, normal),
            Task("normal_cdf-1v1-normal-0.75", truth, uniform),
            Task("1v1-additive-0.1", 0.1 - math.log(0.2), additive(0.1)),
            Task("1v1-additive-0.75", 1 / 3, additive(0.75)),
            Task("1v1-bimodal-0.75", truth, bimodal),
            Task("wiggly-1v1-normal-0.75", truth, mapped(normal, wiggly_x, wiggly_y)),
            Task("half_cube-1v1-normal-0.75", truth, mapped(normal, half_cube)),
            Task("student-identity-1-1-1", of_cauchy, cauchy),
            Task("asinh-student-identity-1-1-1", of_cauchy, mapped(cauchy, np.arcsinh)),
            Task("swissroll_x-normal_cdf-1v1-normal-0.75", truth, mapped(uniform, swiss_roll, same))]


def gaussians():
    tasks = [Task(f"multinormal-dense-{d}-{d}-0.5", gaussian_information(dense(d), d),
                  gaussian(dense(d), d)) for d in (2, 3, 5, 25, 50)]
    truth = -math.log(0.36)
    for d in (2, 3, 5, 25):
        name, plain = f"multinormal-sparse-{d}-{d}-2-2.0", gaussian(two_pairs(d), d)
        tasks.append(Task(name, truth, plain))
        if d == 2:
            continue
        uniform = mapped(plain, phi)
        tasks += [Task("normal_cdf-" + name, truth, uniform),
                  Task("half_cube-" + name, truth, mapped(plain, half_cube)),
                  Task("spiral-" + name, truth, mapped(plain, spiral(0, 1), spiral(1, 2))),
                  Task("spiral-normal_cdf-" + name, truth,
                       mapped(uniform, spiral(0, 1), spiral(1, 2)))]
    return tasks


def students():
    tasks = []
    for d, freedom in ((2, 1), (2, 2), (3, 2), (3, 3), (5, 2), (5, 3)):
        name, plain = f"student-identity-{d}-{d}-{freedom}", student(d, freedom)
        truth = student_information(d, freedom)
        tasks.append(Task(name, truth, plain))
        if (d, freedom) in ((2, 1), (3, 2), (5, 2)):
            tasks.append(Task("asinh-" + name, truth, mapped(plain, np.arcsinh)))
    return tasks


TASKS = one_dimensional() + gaussians() + students()
