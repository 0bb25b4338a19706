"""Specs made of chosen values, and what becomes of them when they run."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
from run_files import numbers
from datasets import IMAGES

RAN, REFUSED, NOT_FINITE, FINDING = "ran", "refused", "not finite", "finding"
RESULTS = {0: RAN, 2: REFUSED, 5: NOT_FINITE}
SECONDS = 120
PLAYERS = ("generator", "discriminator")


def put(mapping, keys, value):
    for key in keys[:-1]:
        mapping = mapping.setdefault(key, {})
    mapping[keys[-1]] = value


def latent_of(value):
    size = 2
    if value("generator") == "linear" and value("data") == "images":
        size = 256
    latent = {"z": {value("law"): size}}
    if value("generator") == "ring":
        latent = {"mode": {"uniform": {"size": 1, "low": 0, "high": 1}}, **latent}
    if value("with"):
        latent["c"] = {value("with"): 3 if value("with") == "categorical" else {}}
    return latent


def spec_of(factors, case, steps=1):
    """The spec of a case, as JSON, which is YAML."""
    value = lambda name: factors[name].values[case[name]]
    spec = {"seed": 1, "dataset": dict(IMAGES) if value("data") == "images" else {"plugin": "ring"},
            "train": {"steps": steps, "batch": value("batch")}, "threads": value("threads"),
            "log": {"samples": {"every": 1, "count": 8}, "weights": {"every": 1}},
            "latent": latent_of(value), "generator": {"plugin": value("generator")},
            "discriminator": {"plugin": value("discriminator")},
            "losses": [{"plugin": value("loss")}], "metrics": []}
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
        if path and place in places and value(name) is not None:
            put(places[place], path if place == "train" else path[1:], value(name))
    return spec


class Runs:
    """Runs specs in a folder of its own, which keeps only those specs that were findings."""

    def __init__(self, saddle, folder):
        self.saddle, self.folder = saddle, folder
        # Workers share the cores: threads that wait by spinning would hold them, ten times as long.
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "OMP_WAIT_POLICY": "passive"}

    def call(self, *arguments):
        """(exit code, what was said last); None is no code."""
        try:
            done = subprocess.run([self.saddle, *arguments], cwd=self.folder, text=True,
                                  capture_output=True, timeout=SECONDS, env=self.environment)
        except subprocess.TimeoutExpired:
            return None, f"was not done after {SECONDS} s"
        return done.returncode, done.stderr.strip().split("\n")[-1]

    def run(self, name, spec):
        """(one of RESULTS or FINDING, what was said)."""
        return self.told(name, spec, self.whole)

    def resume(self, name, spec):
        """The same of a run that ends halfway and goes on: it equals one that was never interrupted."""
        return self.told(name, spec, self.halved)

    def told(self, name, spec, way):
        path = self.folder / f"{name}.yaml"
        path.write_text(json.dumps(spec, indent=1))
        code, said = way(name, spec)
        for out in self.folder.glob(f"{name}-*"):
            shutil.rmtree(out)
        if code not in RESULTS:
            return FINDING, f"{path}: {said if code is None else f'exit code {code}: {said}'}"
        path.unlink()
        return RESULTS[code], said

    def whole(self, name, _):
        return self.call("run", f"{name}.yaml", "--out", f"{name}-whole")

    def halved(self, name, spec):
        steps = spec["train"]["steps"]
        code, said = self.whole(name, spec)
        if code == 0:
            code, said = self.call("run", f"{name}.yaml", "--out", f"{name}-halved", "--set",
                                   f"train.steps={steps // 2}")
        if code == 0:
            code, said = self.call("resume", f"{name}-halved", "--set", f"train.steps={steps}")
        if code != 0:
            return code, said
        files = [self.folder / f"{name}-{way}/run.h5" for way in ("whole", "halved")]
        whole, halved = map(numbers, files)
        differ = sorted(key for key in whole.keys() | halved.keys() if whole.get(key) != halved.get(key))
        return (None, f"once it was resumed, these differ: {', '.join(differ)}") if differ else (0, "")


def without_numbers(said):
    """A message as a reason that cases share."""
    return re.sub(r"-?\b\d[\d.e+-]*", "#", said)
