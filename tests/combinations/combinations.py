"""Runs one step of specs in which every pair of choices stands together that `saddle check` accepts.

usage: combinations.py SADDLE [--cases N] [--seed S] [--each-loss STEPS]

The choices are read from the schemas: each plugin, each option of few values, and each number at its
default and at both ends of its range. A case that is refused, or whose numbers run out of range, is
named so by its exit code; anything else but success is a finding, and its spec is kept.
"""
import argparse
import collections
import concurrent.futures
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from choices import ADVERSARIAL, EXCLUDED, GIVEN, ask, read_factors
from covering import Covering

# Ends of ranges that stand together in a case: more of them, and hardly any number stays finite.
ENDS_IN_CASE = 6
RESULTS = {0: "ran", 2: "refused", 5: "not finite"}
SECONDS = 120
PLAYERS = ("generator", "discriminator")
IMAGES = {"plugin": "npy", "path": "images.npy", "labels": "labels.npy", "test_share": 0.25}


def spec_of(factors, case):
    """The spec of a case, as JSON, which is YAML."""
    value = lambda name: factors[name].values[case[name]]
    spec = {"seed": 1, "dataset": {"plugin": "ring"}, "train": {"steps": 1, "batch": value("batch")},
            "threads": value("threads"),
            "log": {"samples": {"every": 1, "count": 8}, "weights": {"every": 1}},
            "latent": {"z": {value("law"): 2}},
            "generator": {"plugin": value("generator")},
            "discriminator": {"plugin": value("discriminator")},
            "losses": [{"plugin": value("loss")}], "metrics": []}
    if value("data") == "images":
        spec["dataset"] = dict(IMAGES)
    if value("generator") == "linear":
        spec["latent"]["z"] = {value("law"): 256 if value("data") == "images" else 2}
    if value("generator") == "ring":
        spec["latent"] = {"mode": {"uniform": {"size": 1, "low": 0, "high": 1}}, **spec["latent"]}
    if value("with"):
        spec["latent"]["c"] = {value("with"): 3 if value("with") == "categorical" else {}}
    if value("second"):
        spec["losses"].append({"plugin": value("second")})
    if value("metric"):
        spec["metrics"].append({"plugin": value("metric"), "every": 1, "samples": 48})
    if value("update") != "alternating":
        spec["train"]["update"] = {value("update"): {}}
    spec["train"]["optimizer"] = {player: {value(f"optimizer.{player}"): {}}
                                  for player in PLAYERS}
    places = {"generator": spec["generator"], "discriminator": spec["discriminator"],
              "loss": spec["losses"][0], "second": spec["losses"][-1], "train": spec["train"],
              "metric": spec["metrics"][-1] if spec["metrics"] else {}, "data": spec["dataset"]}
    for name in case:
        place, *path = name.split(".")
        if not path or place not in places or value(name) is None:
            continue
        keys = path if place == "train" else path[1:]
        at = places[place]
        for key in keys[:-1]:
            at = at.setdefault(key, {})
        at[keys[-1]] = value(name)
    return spec


def run_case(saddle, folder, number, spec):
    """(exit code, what it said)."""
    path = folder / f"{number}.yaml"
    path.write_text(json.dumps(spec, indent=1))
    try:
        done = subprocess.run([saddle, "run", path.name, "--out", f"run{number}"], cwd=folder, text=True,
                              capture_output=True, timeout=SECONDS,
                              env={**os.environ, "XDG_CACHE_HOME": str(folder)})
        result = done.returncode, done.stderr.strip().split("\n")[-1]
    except subprocess.TimeoutExpired:
        result = None, f"was not done after {SECONDS} s"
    shutil.rmtree(folder / f"run{number}", ignore_errors=True)
    return result


def explore(covering, saddle, folder, most):
    """Runs cases until each open pair was tried with others and by itself; returns the findings."""
    tries = collections.Counter()
    counts = collections.Counter()
    findings = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        while sum(counts.values()) < most:
            todo = sorted(pair for pair in covering.open if tries[pair] < 2)
            if not todo:
                break
            cases = []
            for pair in covering.choice.sample(todo, min(8, len(todo))):
                cases.append(covering.case_for(pair, alone=tries[pair] > 0))
                tries[pair] += 1
            first = sum(counts.values())
            specs = [spec_of(covering.factors, case) for case in cases]
            results = pool.map(lambda at: run_case(saddle, folder, first + at, specs[at]),
                               range(len(specs)))
            for at, (case, (code, said)) in enumerate(zip(cases, results)):
                counts[RESULTS.get(code, "finding")] += 1
                if code in (0, 5):
                    covering.close(case)
                if code not in RESULTS:
                    findings.append(f"{folder}/{first + at}.yaml: exit code {code}: {said}")
            if first // 1000 < (first + len(cases)) // 1000:
                print(f"{first + len(cases)} cases, {len(covering.open)} pairs are open, "
                      f"{len(findings)} findings", flush=True)
    return counts, findings


def terms_of(saddle):
    """Every loss, each divergence of f-gan by itself, those without an objective for both players with bce."""
    plugins = [plugin["name"] for plugin in ask(saddle, "plugins")["plugins"] if plugin["kind"] == "loss"]
    options = {option["name"]: option for option in ask(saddle, "describe", "loss", "f-gan")["options"]}
    yield from ([{"plugin": name}] for name in ADVERSARIAL if name != "f-gan")
    yield from ([{"plugin": "f-gan", "divergence": name}] for name in options["divergence"]["choices"])
    for name in plugins:
        if name not in ADVERSARIAL:
            yield [{"plugin": "bce"}, {"plugin": name, **{key: value[0] for (plugin, key), value in
                                                          GIVEN.items() if plugin == name}}]


def train_each_loss(saddle, folder, steps):
    """Every loss with both kinds of networks, on images; returns the findings."""
    findings = []
    for network, terms in itertools.product(("mlp", "dcgan"), terms_of(saddle)):
        names = [term["plugin"] for term in terms]
        players = {player: {"plugin": network, **({"hidden": [32]} if network == "mlp" else
                                                  {"channels": 8})} for player in PLAYERS}
        for player, term in (("discriminator", "bottleneck"), ("generator", "generator-bottleneck")):
            if term in names:
                players[player] = {"plugin": "mlp", "hidden": [32], "bottleneck": 4}
        spec = {"seed": 1, "dataset": IMAGES, "latent": {"z": {"normal": 8}, "c": {"categorical": 3}},
                "losses": terms, "train": {"steps": steps, "batch": 16}, **players}
        code, said = run_case(saddle, folder, f"{network}-{'-'.join(names)}", spec)
        title = f"{network}: {', '.join(names)} {terms[0].get('divergence', '')}".strip()
        print(f"{title}: {'ok' if code == 0 else said}", flush=True)
        if code != 0:
            findings.append(f"{title}: exit code {code}: {said}")
    return findings


def cover(saddle, folder, options):
    covering = Covering(read_factors(saddle), EXCLUDED, random.Random(options.seed), ENDS_IN_CASE)
    counts, findings = explore(covering, saddle, folder, options.cases)
    print(f"{len(covering.factors)} choices, {covering.count} pairs of their values\n"
          f"{sum(counts.values())} cases: " +
          ", ".join(f"{count} {result}" for result, count in sorted(counts.items())) +
          f"\npairs that ran a step: {covering.count - len(covering.open)}; without one, refused or "
          f"not tried: {len(covering.open)}")
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("saddle", type=pathlib.Path)
    parser.add_argument("--cases", type=int, default=100000, help="stop after so many")
    parser.add_argument("--seed", type=int, default=1, help="of the order in which pairs are tried")
    parser.add_argument("--each-loss", type=int, metavar="STEPS",
                        help="instead, train every loss with mlp and dcgan for so many steps")
    options = parser.parse_args()
    saddle = options.saddle.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="saddle-combinations-"))
    images = np.random.default_rng(1).standard_normal((64, 16, 16, 1))
    np.save(folder / "images.npy", images.astype(np.float32))
    np.save(folder / "labels.npy", np.arange(64) % 3)
    if options.each_loss:
        findings = train_each_loss(saddle, folder, options.each_loss)
    else:
        findings = cover(saddle, folder, options)
    print("\n".join(findings) or "no finding")
    if findings:
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
