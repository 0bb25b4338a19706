"""Runs specs in which every pair of choices stands together that `saddle check` accepts.

usage: combinations.py SADDLE [--cases N] [--seed S] [--each-loss STEPS | --resume STEPS]

The choices are read from the schemas: each plugin, each option of few values, and each number at its
default and at both ends of its range. A case that is refused, or whose numbers run out of range, is
named so by its exit code; anything else but success is a finding, and its spec is kept.
"""
import argparse
import collections
import concurrent.futures
import itertools
import pathlib
import random
import shutil
import sys
import tempfile

from cases import FINDING, RAN, REFUSED, Runs, spec_of, without_numbers
from choices import EXCLUDED, read_factors, without_ends
from covering import Covering
from datasets import write_all
from training import each_dataset, each_loss, run_each

# Ends of ranges that stand together in a case: more of them, and hardly any number stays finite.
ENDS_IN_CASE = 6
# Cases are chosen in lots, so that which they are does not depend on the time that each takes.
LOT = 8


class Exploration:
    """Tries each pair with others, where that fails with others again, and then by itself."""

    def __init__(self, covering, attempt):
        self.covering, self.attempt = covering, attempt
        self.counts = collections.Counter()  # cases, by result
        self.failed = {}                     # pair: (result, reason), where it was tried by itself
        self.findings = []

    def explore(self, most):
        for _ in range(2):
            self.run_cases(self.covering.cases(self.covering.open), most, alone=False)
        while self.left() and self.cases() < most:
            self.run_cases(self.covering.cases(self.left(), alone=True), most, alone=True)

    def cases(self):
        return sum(self.counts.values())

    def left(self):
        return self.covering.open - self.failed.keys()

    def run_cases(self, chosen, most, alone):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            while lot := list(itertools.islice(chosen, min(LOT, most - self.cases()))):
                first = self.cases()
                tried = pool.map(lambda at: self.attempt(first + at, lot[at][1]), range(len(lot)))
                for (pair, _, closed), (result, said) in zip(lot, tried):
                    self.note(pair, closed, result, said, alone)
                if first // 500 < self.cases() // 500:
                    print(f"{self.cases()} cases, {len(self.covering.open)} pairs are open, "
                          f"{len(self.findings)} findings", flush=True)

    def note(self, pair, closed, result, said, alone):
        self.counts[result] += 1
        if result == FINDING:
            self.findings.append(said)
        if result != RAN:
            self.covering.open |= closed
            if alone:
                self.failed[pair] = result, without_numbers(said)

    def summary(self):
        yield f"{len(self.covering.factors)} choices, {self.covering.count} pairs of their values"
        yield f"{self.cases()} cases: " + ", ".join(f"{count} {result}" for result, count in
                                                    sorted(self.counts.items()))
        open_pairs = self.covering.open
        reasons = collections.Counter(self.failed[pair] for pair in open_pairs & self.failed.keys())
        of = lambda wanted: sum(count for (result, _), count in reasons.items() if result == wanted)
        others = sum(reasons.values()) - of(REFUSED)
        yield (f"pairs that ran: {self.covering.count - len(open_pairs)}; refused: {of(REFUSED)}; not "
               f"finite: {others}; not tried by themselves: {len(self.left())}")
        for (result, reason), count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {count} {result}: {reason}"


def cover(runs, options):
    factors, steps, way, wanted = read_factors(runs.saddle), 1, runs.run, lambda f, g: True
    if options.resume:
        factors, steps, way, wanted = without_ends(factors), options.resume, runs.resume, plain
    covering = Covering(factors, EXCLUDED, random.Random(options.seed), ENDS_IN_CASE, wanted)
    attempt = lambda number, case: way(str(number), spec_of(covering.factors, case, steps)) \
        if case else (REFUSED, "no case holds these values")
    exploration = Exploration(covering, attempt)
    exploration.explore(options.cases)
    print("\n".join(exploration.summary()))
    return exploration.findings


def plain(f, g):
    """Choices that are always there, and options with the choice that brings them."""
    return not f.needs and not g.needs or f.name in g.needs or g.name in f.needs


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("saddle", type=pathlib.Path)
    parser.add_argument("--cases", type=int, default=100000, help="stop after so many")
    parser.add_argument("--seed", type=int, default=1, help="of the order in which pairs are tried")
    parser.add_argument("--each-loss", type=int, metavar="STEPS",
                        help="instead, train every loss with mlp and dcgan for so many steps")
    parser.add_argument("--resume", type=int, metavar="STEPS",
                        help="end runs of so many steps halfway, go on, and compare them with runs that "
                             "were not interrupted: every loss, every kind of data, and a covering set "
                             "of pairs without the ends of ranges and of options with options")
    return parser.parse_args()


def main():
    options = read_options()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="saddle-combinations-"))
    write_all(folder)
    runs = Runs(options.saddle.resolve(), folder)
    findings = []
    if options.each_loss:
        findings += run_each(runs.run, [*each_loss(runs.saddle, options.each_loss)])
    elif options.resume:
        cases = [*each_loss(runs.saddle, options.resume), *each_dataset(runs.saddle, options.resume)]
        findings += run_each(runs.resume, cases)
    if not options.each_loss:
        findings += cover(runs, options)
    print("\n".join(findings) or "no finding")
    if findings:
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
