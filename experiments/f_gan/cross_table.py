#!/usr/bin/python3 -B
"""cross_table.py [--saddle COMMAND] [--runs FOLDER] [--seeds N] [--jobs N]: fits by six divergences.

Trains experiments/f_gan/fit.yaml with each divergence and seed where FOLDER does not hold the run yet,
and prints, by quadrature, how far each mean fit lies from the exact optimum, the gap between the
divergence and the bound that the discriminator learned, and the cross table: rows trained with a
divergence, columns evaluated by one.
"""
import argparse
import concurrent.futures
import pathlib
import subprocess

import h5py
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent

X = np.linspace(-14, 18, 20001)
WEIGHTS = np.full(X.size, X[1] - X[0])
WEIGHTS[[0, -1]] /= 2


def normal(mean, deviation):
    return np.exp(-((X - mean) / deviation) ** 2 / 2) / (deviation * np.sqrt(2 * np.pi))


P = 0.33 * normal(-1, 0.25) + 0.67 * normal(2, np.sqrt(2))


def softplus(v):
    return np.logaddexp(0, v)


# f(u) with u = p / q, as q f(p / q) of the two densities and their logarithms; then the activation g
# and f*(g(v)) of the discriminator's logits v.
def divergence(name, q):
    p, log_p, log_q = P, np.log(np.maximum(P, 1e-300)), np.log(np.maximum(q, 1e-300))
    middle = np.log(np.maximum((p + q) / 2, 1e-300))
    density = {
        "kl": p * (log_p - log_q),
        "reverse-kl": q * (log_q - log_p),
        "jensen-shannon": p * (log_p - middle) + q * (log_q - middle),
        "jeffrey": (p - q) * (log_p - log_q),
        "pearson": (q - p) ** 2 * np.exp(-log_q),
        "squared-hellinger": (np.sqrt(p) - np.sqrt(q)) ** 2,
    }[name]
    return float(WEIGHTS @ density)


def lambert_w_of_exp(x):
    """W(e^x), by Newton's steps on w + ln w = x."""
    w = np.where(x > 1, np.maximum(x - np.log(np.maximum(x, 1)), 0.5), np.exp(np.minimum(x, 1)))
    for _ in range(40):
        w = w * (1 + x - np.log(w)) / (1 + w)
    return w


def activated(name, v):
    """g(v) and f*(g(v))."""
    if name == "kl":
        return v, np.exp(v - 1)
    if name == "reverse-kl":
        return -np.exp(-v), -1 + v
    if name == "jensen-shannon":
        g = np.log(2) - softplus(-v)
        return g, softplus(v) - np.log(2)
    if name == "jeffrey":
        w = lambert_w_of_exp(1 - v)
        return v, w + 1 / w + v - 2
    if name == "pearson":
        return v, v ** 2 / 4 + v
    g = 1 - np.exp(-v)
    return g, np.exp(v) - 1


# Learned parameters within the figures that f-GAN's table 3 is recalled with, unverified: the distance
# of the mean and of the deviation from their optimum, and of the bound from the divergence.
RECALLED = {"kl": (0.0235, 0.0072, 0.0030), "reverse-kl": (0.0158, 0.0084, 0.0065),
            "jensen-shannon": (0.0216, 0.0117, 0.0054), "jeffrey": (0.0923, 0.1053, 0.0554),
            "pearson": (0.0420, 0.0243, 0.0078)}
DIVERGENCES = [*RECALLED, "squared-hellinger"]


def optimum(name):
    """The exact (mean, deviation), by damped Newton steps on differences."""
    point, step = np.array([1.2, 1.75]), 1e-3
    value = lambda at: divergence(name, normal(*at))
    direction = np.ones(2)
    while np.abs(direction).max() > 1e-9:
        gradient, hessian = np.zeros(2), np.zeros((2, 2))
        for i, e in enumerate(np.eye(2) * step):
            gradient[i] = (value(point + e) - value(point - e)) / (2 * step)
            for j, d in enumerate(np.eye(2) * step):
                hessian[i, j] = (value(point + e + d) - value(point + e - d) - value(point - e + d)
                                 + value(point - e - d)) / (4 * step ** 2)
        direction = -np.linalg.solve(hessian, gradient)
        if direction @ gradient > 0:
            direction = -gradient
        while value(point + direction) > value(point) and np.abs(direction).max() > 1e-12:
            direction /= 2
        point = point + direction
    return point


def run_folder(runs, name, seed):
    return runs / f"f-gan-fit-{name}-s{seed}"


def train(saddle, runs, name, seed):
    folder = run_folder(runs, name, seed)
    if not (folder / "run.h5").exists():
        subprocess.run([saddle, "run", HERE / "fit.yaml", "--set", f"losses.f-gan.divergence={name}", "--set",
                        f"seed={seed}", "--out", folder], check=True, stderr=subprocess.DEVNULL)


def read_fit(runs, name, seed):
    """(mean, deviation) and the bound of the last discriminator, by quadrature."""
    with h5py.File(run_folder(runs, name, seed) / "run.h5") as file:
        last = lambda path: np.asarray(file["weights"][path][-1], dtype=float)
        mean, deviation = last("generator/mean")[0], abs(last("generator/scale")[0])
        h = X[:, None]
        for layer in range(3):
            h = h @ last(f"discriminator/body.{layer}.weight") + last(f"discriminator/body.{layer}.bias")
            h = np.tanh(h) if layer < 2 else h
    g, conjugate = activated(name, h[:, 0])
    return mean, deviation, float(WEIGHTS @ (P * g - normal(mean, deviation) * conjugate))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--saddle", default="saddle")
    parser.add_argument("--runs", type=pathlib.Path, default=pathlib.Path("runs"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    cells = [(name, seed) for name in DIVERGENCES for seed in range(1, options.seeds + 1)]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(lambda cell: train(options.saddle, options.runs, *cell), cells))

    fits = {}
    print("| divergence | exact mean, deviation | learned, mean of seeds | largest distance | mean distances "
          "| recalled | mean gap of the bound | recalled |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in DIVERGENCES:
        best = optimum(name)
        found = np.array([read_fit(options.runs, name, seed) for seed in range(1, options.seeds + 1)])
        away = np.abs(found[:, :2] - best)
        gap = np.mean([divergence(name, normal(*row[:2])) - row[2] for row in found])
        fits[name] = found[:, :2].mean(axis=0)
        recalled = RECALLED.get(name)
        print(f"| {name} | {best[0]:.4f}, {best[1]:.4f} | {fits[name][0]:.4f}, {fits[name][1]:.4f} "
              f"| {away.max():.4f} | {away[:, 0].mean():.4f}, {away[:, 1].mean():.4f} "
              f"| {'%.4f, %.4f' % recalled[:2] if recalled else 'none'} | {gap:.4f} "
              f"| {'%.4f' % recalled[2] if recalled else 'none'} |")
    table = np.array([[divergence(by, normal(*fits[name])) for by in DIVERGENCES] for name in DIVERGENCES])
    print("\n| trained with | " + " | ".join(DIVERGENCES) + " |\n|" + " --- |" * (len(DIVERGENCES) + 1))
    for name, row in zip(DIVERGENCES, table):
        print(f"| {name} | " + " | ".join(f"{value:.5f}" for value in row) + " |")
    within = np.all(table.diagonal() <= 1.01 * table.min(axis=0))
    print(f"\nEach column has its minimum on the diagonal, or a tie within 1 %: {'yes' if within else 'no'}.")


if __name__ == "__main__":
    main()
