"""What is not a step: start-up, plugins, specs; and what logs and metrics add to a step."""
import statistics
import subprocess
import time

from workers import clean_environment, median, take_turns

REPEATS, SECONDS, ROUNDS = 9, 0.5, 5
RARELY = 100000000


def seconds_of(command):
    """The median time of a whole process."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        subprocess.run(list(map(str, command)), check=True, env=clean_environment(),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def show(what, seconds):
    print(f"{what:58}{seconds * 1e3:9.3f} ms")


def parts(build, steps_worker):
    saddle = build / "saddle"
    # Its spec is of the ring's players.
    spec = build.parent.parent / "experiments/bench/ring_mlp_bce.yaml"
    show("process: start and end (saddle --version)", seconds_of([saddle, "--version"]))
    show("notes of all plugins (saddle plugins)", seconds_of([saddle, "plugins"]))
    show("one plugin opened (saddle describe loss bce)",
         seconds_of([saddle, "describe", "loss", "bce"]))
    show("spec read, its plugins opened, dry pass (saddle check)", seconds_of([saddle, "check", spec]))
    variants = {
        "step of ring-mlp-bce, all logged that a step has": [],
        "the same without losses and players": [f"log.losses.every={RARELY}",
                                                f"log.players.every={RARELY}"],
        "the same with weights each step": ["log.weights.every=1"],
        "the same with 2500 samples each step": ["log.samples={every: 1, count: 2500}"],
        "the same with the metric modes each step": ["metrics=[{plugin: modes, every: 1}]"],
        "the same with the metric kl-histogram each step":
            ["metrics=[{plugin: kl-histogram, every: 1, samples: 2500}]"],
    }
    workers = [steps_worker(build, "ring-mlp-bce", 1, *overrides) for overrides in variants.values()]
    for what, answers in zip(variants, take_turns(workers, ROUNDS, SECONDS)):
        show(what, median(answers))
    for worker in workers:
        worker.close()
