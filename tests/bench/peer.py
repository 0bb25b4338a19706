"""PyTorch as the other side: of its settings the one with which it is fastest."""
import itertools
import pathlib

from workers import Worker, clean_environment, median

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LIBRARIES = pathlib.Path("/usr/lib/x86_64-linux-gnu")
TRIAL_SECONDS = 1.5


class Setting:
    """The threads of PyTorch, those of OpenBLAS, and which OpenBLAS it loads."""

    def __init__(self, own, blas, variant):
        self.own, self.blas, self.variant = own, blas, variant

    def environment(self):
        return clean_environment(OMP_NUM_THREADS=self.own, OPENBLAS_NUM_THREADS=self.blas,
                                 LD_LIBRARY_PATH=LIBRARIES / f"openblas-{self.variant}")

    def __str__(self):
        return f"{self.own} threads, {self.blas} of OpenBLAS ({self.variant})"


def peer_worker(name, setting, threads):
    script = ROOT / "tools/peers/torch_steps.py"
    return Worker(["/usr/bin/python3", "-B", script, name, setting.own], setting.environment(),
                  threads)


def best_setting(name, threads):
    counts = range(1, threads + 1)
    found = []
    for setting in itertools.starmap(Setting, itertools.product(counts, counts,
                                                                ("pthread", "openmp"))):
        worker = peer_worker(name, setting, threads)
        # The first turn brings caches and frequencies up.
        worker.ask(TRIAL_SECONDS / 3)
        found.append((median([worker.ask(TRIAL_SECONDS)]), setting))
        worker.close()
    return min(found, key=lambda pair: pair[0])[1]
