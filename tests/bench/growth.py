"""How the time of a step grows with the work: the ring's players, wider, deeper, in larger batches."""
import sys

from work import Workload, mlp
from workers import median, take_turns

WIDTH, DEPTH, BATCH = 128, 2, 512
SECONDS, ROUNDS = 0.5, 3


def row(build, steps_worker, what, width=WIDTH, depth=DEPTH, batch=BATCH, threads=1):
    hidden = [width] * depth
    worker = steps_worker(build, "ring-mlp-bce", threads, f"generator.hidden={hidden}",
                          f"discriminator.hidden={hidden}", f"train.batch={batch}")
    time = median(take_turns([worker], ROUNDS, SECONDS)[0])
    worker.close()
    work = Workload(mlp([2, *hidden, 2]), mlp([2, *hidden, 1]), batch).operations()
    print(f"{what:22}{time * 1e3:9.3f} ms {work / 1e9:8.3f} GFLOP {work / time / 1e9:8.1f} GFLOP/s")
    sys.stdout.flush()


def growth(build, steps_worker):
    for width in (64, 128, 256, 512):
        row(build, steps_worker, f"width {width}", width=width)
    for depth in (1, 2, 4, 8):
        row(build, steps_worker, f"depth {depth}", depth=depth)
    for batch in (128, 512, 2048):
        row(build, steps_worker, f"batch {batch}", batch=batch)
    for threads in (1, 2):
        row(build, steps_worker, f"width 512, {threads} threads", width=512, threads=threads)
