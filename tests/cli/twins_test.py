"""Estimators beside twins that were written from their papers, without trees and without haste."""
import json
import math
import pathlib
import sys
import unittest

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))
from information_tasks import digamma  # noqa: E402
from command import CommandTest  # noqa: E402


def standardised(points):
    return (points - points.mean(0)) / points.std(0, ddof=1)


def maximum_distances(points):
    return numpy.abs(points[:, None, :] - points[None, :, :]).max(axis=2)


def nearest(points, k):
    """The k nearest others of each point, by the maximum norm."""
    distances = maximum_distances(points)
    numpy.fill_diagonal(distances, numpy.inf)
    return numpy.argsort(distances, axis=1, kind="stable")[:, :k]


def ksg2_terms(x, y, k):
    """Kraskov et al. (2004), equation 9, point by point."""
    others = nearest(numpy.hstack([x, y]), k)
    terms = numpy.full(len(x), digamma(k) - 1 / k + digamma(len(x)))
    for side in (x, y):
        distances = maximum_distances(side)
        for i, found in enumerate(others):
            within = (distances[i] <= distances[i][found].max()).sum() - 1
            terms[i] -= digamma(int(within))
    return terms


def lnc(x, y, k, alpha):
    """Gao, Ver Steeg and Galstyan (2015), algorithm 1: where the neighbours of a point fill less than
    `alpha` of their box once it is turned along their principal axes, the turned box counts."""
    terms = ksg2_terms(x, y, k)
    z = numpy.hstack([x, y])
    for i, found in enumerate(nearest(z, k)):
        offsets = z[found] - z[i]
        # Rows of the last factor are the principal axes through the point.
        axes = numpy.linalg.svd(offsets)[2]
        box = numpy.log(numpy.abs(offsets).max(axis=0)).sum()
        turned = numpy.log(numpy.abs(offsets @ axes.T).max(axis=0)).sum()
        if turned < box + math.log(alpha):
            terms[i] += box - turned
    return terms.mean()


def sloping(n, width, d=1):
    """Points near a line through d + d coordinates."""
    rng = numpy.random.default_rng(0)
    x = rng.random((n, 1)) + width * rng.standard_normal((n, d))
    return x, x @ numpy.ones((d, d)) + width * rng.standard_normal((n, d))


class Twins(CommandTest):
    def estimate(self, x, y, *settings):
        numpy.save(self.folder / "x.npy", x)
        numpy.save(self.folder / "y.npy", y)
        words = [word for setting in ("error=none", "permutations=0", *settings) for word in ("--set", setting)]
        done = self.saddle("estimate", "mi", "--estimator", settings[0].split(".")[0], "--x", "x.npy", "--y",
                           "y.npy", "--json", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["estimates"][0]["value"]

    def test_lnc_is_its_algorithm(self):
        for width, d, k, alpha in ((1e-4, 1, 5, 0.3), (0.02, 1, 10, 0.5), (0.3, 1, 6, 0.25), (1e-3, 2, 8, 0.1),
                                   (0.1, 2, 10, 0.3)):
            x, y = sloping(400, width, d)
            twin = lnc(standardised(x), standardised(y), k, alpha)
            found = self.estimate(x, y, f"lnc.k={k}", f"lnc.alpha={alpha}")
            self.assertAlmostEqual(found, twin, places=9, msg=(width, d, k, alpha))

    def test_alpha_is_near_the_authors_where_none_is_given(self):
        rng = numpy.random.default_rng(1)
        x = rng.standard_normal((300, 2))
        y = x[:, :1] + 0.3 * rng.standard_normal((300, 1))
        found = self.estimate(x, y, "lnc.k=10")
        # Theirs is 0.4900 for three dimensions; the more alpha, the more points are corrected.
        self.assertGreater(found, lnc(standardised(x), standardised(y), 10, 0.46))
        self.assertLess(found, lnc(standardised(x), standardised(y), 10, 0.52))

    def test_the_correction_finds_what_ksg2_misses(self):
        x, y = sloping(500, 1e-7)
        plain = self.estimate(x, y, "ksg2.k=5")
        self.assertAlmostEqual(plain, ksg2_terms(standardised(x), standardised(y), 5).mean(), places=9)
        self.assertGreater(self.estimate(x, y, "lnc.k=5", "lnc.alpha=0.3"), plain + 5)


if __name__ == "__main__":
    unittest.main()
