"""Runs of every loss and of every kind of data, each by itself, with both kinds of networks."""
import concurrent.futures

from cases import PLAYERS, RAN
from choices import ADVERSARIAL, GIVEN, ask
from datasets import EACH, IMAGES

NETWORKS = {"mlp": {"hidden": [32]}, "dcgan": {"channels": 8}}


def terms_of(saddle):
    """Every loss, each divergence of f-gan by itself; bce beside those with no objective for each player."""
    options = {option["name"]: option for option in ask(saddle, "describe", "loss", "f-gan")["options"]}
    yield from ([{"plugin": name}] for name in ADVERSARIAL if name != "f-gan")
    yield from ([{"plugin": "f-gan", "divergence": name}] for name in options["divergence"]["choices"])
    for plugin in ask(saddle, "plugins")["plugins"]:
        name = plugin["name"]
        if plugin["kind"] == "loss" and name not in ADVERSARIAL:
            given = {key: value[0] for (owner, key), value in GIVEN.items() if owner == name}
            yield [{"plugin": "bce"}, {"plugin": name, **given}]


def spec(dataset, network, terms, steps):
    players = {player: {"plugin": network, **NETWORKS[network]} for player in PLAYERS}
    for player, term in (("discriminator", "bottleneck"), ("generator", "generator-bottleneck")):
        if term in [found["plugin"] for found in terms]:
            players[player] = {"plugin": "mlp", **NETWORKS["mlp"], "bottleneck": 4}
    return {"seed": 1, "dataset": dataset, "losses": terms, "train": {"steps": steps, "batch": 16},
            "latent": {"z": {"normal": 8}, "c": {"categorical": 3}}, **players}


def each_loss(saddle, steps):
    """(title, spec)"""
    for network in NETWORKS:
        for terms in terms_of(saddle):
            names = ", ".join(term["plugin"] for term in terms)
            title = f"{network}: {names} {terms[0].get('divergence', '')}".strip()
            yield title, spec(IMAGES, network, terms, steps)


def each_dataset(saddle, steps):
    """(title, spec)"""
    known = {plugin["name"] for plugin in ask(saddle, "plugins")["plugins"] if plugin["kind"] == "dataset"}
    for name in sorted(known - {dataset["plugin"] for dataset in EACH}):
        raise SystemExit(f"dataset '{name}' has no case")
    for dataset in EACH:
        yield f"dataset {dataset['plugin']}", spec(dataset, "mlp", [{"plugin": "bce"}], steps)


def run_each(way, cases):
    """Returns the findings: what did not run, or ran out of range."""
    findings = []
    name = lambda title: "".join(sign if sign.isalnum() else "-" for sign in title)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda case: way(name(case[0]), case[1]), cases)
        for (title, _), (result, said) in zip(cases, results):
            print(f"{title}: {'ok' if result == RAN else said}", flush=True)
            if result != RAN:
                findings.append(f"{title}: {result}: {said}")
    return findings
