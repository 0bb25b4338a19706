"""The choices that a spec leaves open, read from the schemas of the plugins and of the spec itself."""
import dataclasses
import json
import subprocess

# Losses with an objective for both players; the others join them.
ADVERSARIAL = ["bce", "least-squares", "hinge", "wasserstein", "relativistic", "f-gan"]
# Integers count rows, units or updates: a run of their upper ends would take hours or the memory.
LARGEST_COUNT = 6
# Options without a default, and those of which the default is larger than a case should be.
GIVEN = {("infogan", "codes"): [["c"]], ("code-accuracy", "code"): ["c"],
         ("information-plane", "layers"): [["body.0"]],
         ("ring", "points"): [200, 64], ("classifier-score", "epochs"): [1],
         ("code-accuracy", "epochs"): [1], ("dcgan", "channels"): [4, 1],
         ("resnet-small", "channels"): [4, 1], ("kl-histogram", "bins"): [10, 2],
         ("kl-guidance", "low"): [[-3]], ("kl-guidance", "high"): [[3]],
         ("classifier-score", "hidden"): [[8]], ("code-accuracy", "hidden"): [[8]],
         ("kid", "subset_size"): [24, 2], ("mi-histogram", "latent_low"): [None, -3],
         ("mi-histogram", "latent_high"): [None, 3]}
IMAGE_NETWORKS = ["dcgan", "resnet-small"]
CONDITIONS = [(f"discriminator.{name}.condition", way) for name in ("mlp", *IMAGE_NETWORKS)
              for way in ("concatenation", "projection")]


def each(one, others):
    return [(one, other) for other in others]


def values(name, *found):
    return [(name, value) for value in found]


# Values that `check` refuses together, so that cases need not be spent on them.
EXCLUDED = [
    *each(("data", "points"), [*values("generator", *IMAGE_NETWORKS),
                               *values("discriminator", *IMAGE_NETWORKS)]),
    *each(("data", "images"), [("generator", "ring"), ("second.kl-guidance.estimate", "histogram"),
                               *values("metric", "modes", "mode-entropy", "kl-histogram",
                                       "entropy-histogram", "mi-histogram")]),
    # These generators have a latent of their own.
    *each(("generator", "linear"), values("with", "categorical", "label")),
    *each(("generator", "ring"), values("with", "categorical", "label")),
    *each(("second", "infogan"), values("with", None, "label")),
    *each(("metric", "code-accuracy"), values("with", None, "label")),
    *each(("metric", "information-plane"), values("discriminator", *IMAGE_NETWORKS)),
    *each(("with", None), CONDITIONS), *each(("with", "categorical"), CONDITIONS),
    (("with", "label"), ("train.packing", LARGEST_COUNT)),
    *each(("second", "generator-bottleneck"), [*values("generator", *IMAGE_NETWORKS, "linear", "ring"),
                                               *values("generator.mlp.bottleneck", None, 0)]),
    *each(("second", "bottleneck"), [*values("discriminator", *IMAGE_NETWORKS),
                                     *values("discriminator.mlp.bottleneck", None, 0)]),
    *[pair for rule in ("simultaneous", "extragradient", "optimistic", "consensus", "unrolled")
      for pair in each(("update", rule), [("train.discriminator_steps", LARGEST_COUNT),
                                          ("train.generator_steps", LARGEST_COUNT)])],
    (("update", "unrolled"), ("train.freeze", ["discriminator"])),
    (("update", "consensus"), ("second", "mutual-information")),
    (("second.infogan.on", None), ("train.packing", LARGEST_COUNT)),
    *each(("metric", "kl-neighbours"), values("data", "images")),
    *each(("metric", "ms-ssim"), values("data", "points")),
    *each(("metric.kid.kernel", None), values("metric.kid.bandwidth", 1e-9, 1e9)),
    (("metric.mi-histogram.latent_low", -3), ("metric.mi-histogram.latent_high", None)),
    (("metric.mi-histogram.latent_low", None), ("metric.mi-histogram.latent_high", 3)),
    *each(("generator.ring.modes", 1), values("generator.ring.keep", None, LARGEST_COUNT)),
    (("generator.ring.modes", LARGEST_COUNT), ("generator.ring.keep", None)),
    *[((f"{clip}.norm", norm), (f"{clip}.value", value)) for norm in (1e-12, 1e12)
      for value in (1e-12, 1e12)
      for clip in ("train.clip", "train.clip.generator", "train.clip.discriminator")]]

# What is measured, recorded and how long: not a choice of the step itself.
LEFT_OUT = ("name", "seed", "extends", "dataset", "losses", "metrics", "log", "train.steps",
            "train.epochs", "train.batch", "train.init_from", "train.stop_when", "train.rollback",
            "train.on_divergence", "latent", "generator", "discriminator", "threads")


@dataclasses.dataclass
class Factor:
    name: str
    values: list
    ends: int = 0  # how many of the last values are ends of a range of real numbers
    needs: dict = dataclasses.field(default_factory=dict)  # factor: values with which it is there


def without_ends(factors):
    """Choices with a value within short ranges, as of momentum or dropout, in place of the ends of all."""
    found = []
    for factor in factors:
        values = factor.values
        if factor.ends:
            low, high = values[-2:]
            values = values[:-2] + ([round((low + 3 * high) / 4, 2)] if high - low <= 2 else [])
        if values != [None]:
            found.append(dataclasses.replace(factor, values=values, ends=0))
    return found


def ask(saddle, *arguments):
    return json.loads(subprocess.run([saddle, *arguments, "--json"], check=True, capture_output=True,
                                     text=True).stdout)


def ends_of(option):
    low, high = option["range"]
    if option["type"] in ("integer", "list of integer"):
        low, high = int(low), min(int(high), LARGEST_COUNT)
    return [low, high]


def values_of(plugin, option):
    """(values, how many of them are ends), the default first as None; empty where there is no choice."""
    given = GIVEN.get((plugin, option["name"]))
    if given:
        return given, 0
    kind = option["type"]
    if "choices" in option and kind == "text":
        return [None] + [choice for choice in option["choices"] if choice != option["default"]], 0
    if kind == "true or false":
        return [None, option["default"] != "true"], 0
    if kind in ("number", "integer") and option["default"] != "required":
        return [None] + ends_of(option), 2 if kind == "number" else 0
    if kind == "list of integer":
        return [[6, 5], [ends_of(option)[0]], []], 0
    return [], 0


def add_options(factors, place, plugin, options, needs):
    for option in options:
        values, ends = values_of(plugin, option)
        if len(values) > 1 or (plugin, option["name"]) in GIVEN:
            factors.append(Factor(f"{place}.{plugin}.{option['name']}", values, ends, needs))


def add_plugins(factors, saddle, place, kind, names):
    factors.append(Factor(place, names))
    for name in names:
        if name:
            add_options(factors, place, name, ask(saddle, "describe", kind, name)["options"],
                        {place: [name]})


def read_factors(saddle):
    plugins = ask(saddle, "plugins")["plugins"]
    of = lambda kind: [plugin["name"] for plugin in plugins if plugin["kind"] == kind]
    factors = [Factor("data", ["points", "images"]),
               Factor("law", ["normal", "uniform", "truncated", "mixture", "codebook"]),
               Factor("with", [None, "categorical", "label"]), Factor("threads", [1, 2]),
               Factor("batch", [8, 2])]
    add_options(factors, "data", "ring", ask(saddle, "describe", "dataset", "ring")["options"],
                {"data": ["points"]})
    add_plugins(factors, saddle, "generator", "generator", of("generator"))
    add_plugins(factors, saddle, "discriminator", "discriminator", of("discriminator"))
    add_plugins(factors, saddle, "loss", "loss", ADVERSARIAL)
    others = [name for name in of("loss") if name not in ADVERSARIAL]
    add_plugins(factors, saddle, "second", "loss", [None, *others])
    add_plugins(factors, saddle, "metric", "metric", [None, *of("metric")])
    add_training(factors, ask(saddle, "describe", "spec")["options"])
    return factors


def add_training(factors, keys):
    """One factor for each choice of `train`, with the numbers of each."""
    rules = [key["name"].split(".")[2] for key in keys
             if key["name"].startswith("train.update.") and key["name"].count(".") == 2]
    factors.append(Factor("update", rules))
    kinds = ["adam", "sgd", "rmsprop"]
    for player in ("generator", "discriminator"):
        factors.append(Factor(f"optimizer.{player}", kinds))
    for key in keys:
        name = key["name"]
        if name.startswith(LEFT_OUT) or ".lr" in name or "instance_noise" in name:
            continue
        values, ends = values_of("train", key)
        if len(values) < 2:
            continue
        parts = name.split(".")
        if parts[1] == "optimizer":
            for player in ("generator", "discriminator"):
                factors.append(Factor(f"train.optimizer.{player}.{parts[3]}.{parts[4]}", values, ends,
                                      {f"optimizer.{player}": [parts[3]]}))
        elif parts[1] == "update":
            factors.append(Factor(name, values, ends, {"update": [parts[2]]}))
        else:
            factors.append(Factor(name, values, ends))
    factors.append(Factor("train.instance_noise", [None, 0.5, {"linear": {"from": 1, "to": 0, "end": 4}}]))
    factors.append(Factor("train.freeze", [None, ["generator"], ["discriminator"]]))
