"""KSG 1 by scipy's k-d tree, for `tools/bench-info --speed`: what saddle's is measured beside."""
import time

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import digamma

SIZES = [(2000, 1), (2000, 2), (10000, 1), (10000, 2), (10000, 3), (10000, 5), (10000, 10)]
K, TURNS = 3, 5


def counts(points, radii):
    """How many points lie strictly within each radius of each point, itself included."""
    tree = cKDTree(points)
    return tree.query_ball_point(points, np.nextafter(radii, 0), p=np.inf, return_length=True)


def ksg1(x, y, k=K):
    x, y = ((points - points.mean(0)) / points.std(0, ddof=1) for points in (x, y))
    z = np.hstack([x, y])
    radii = cKDTree(z).query(z, k + 1, p=np.inf)[0][:, k]
    return digamma(k) + digamma(len(z)) - np.mean(digamma(counts(x, radii)) + digamma(counts(y, radii)))


def pairs(n, d):
    """Of correlation 0.6 in each of d coordinates."""
    x, noise = np.random.default_rng(0).standard_normal((2, n, d))
    return x, 0.6 * x + 0.8 * noise


def lines(saddle):
    """A table, from saddle(x, y) -> (value, seconds): the shortest of some turns, one after another
    so that a busy machine disturbs both alike."""
    table = [["n, dimensions", "scipy", "saddle", "ratio"]]
    for n, d in SIZES:
        x, y = pairs(n, d)
        theirs, ours = [], []
        for _ in range(TURNS):
            start = time.perf_counter()
            expected = ksg1(x, y)
            theirs.append(time.perf_counter() - start)
            value, seconds = saddle(x, y)
            ours.append(seconds)
        if abs(value - expected) > 1e-9:
            raise SystemExit(f"bench-info: saddle finds {value} and scipy {expected} for n = {n}, {d} x {d}")
        table.append([f"{n:,}, {d} x {d}", f"{1e3 * min(theirs):.1f} ms", f"{1e3 * min(ours):.1f} ms",
                      f"{min(theirs) / min(ours):.1f}"])
    return table
