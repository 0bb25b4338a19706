"""What tools/bench does once all is built.

usage: bench.py BUILD [--versus-torch] [--workload NAME]... [--threads N]... [--rounds N] [--json FILE]
       bench.py BUILD --growth | --parts

Without an option, the steps of the four workloads, on 1 and on 2 threads, and their share of what
the machine can do. --versus-torch lets PyTorch take turns with them, at the best of its settings.
"""
import argparse
import json
import os
import pathlib
import sys

from growth import growth
from parts import parts
from peer import best_setting, peer_worker
from work import FORMULA, WORKLOADS
from workers import Worker, clean_environment, median, take_turns

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SECONDS = 1.0  # of a turn


def spec_of(name):
    return ROOT / "experiments/bench" / (name.replace("-", "_") + ".yaml")


def steps_worker(build, name, threads, *overrides):
    """Saddle's side: the program that steps as `saddle run` does."""
    environment = clean_environment(SADDLE_PLUGIN_PATH=build / "plugins")
    environment.pop("OMP_NUM_THREADS", None)
    command = [build / "tests/bench_steps", spec_of(name), f"threads={threads}", *overrides]
    return Worker(command, environment, threads)


def peak_worker(build, threads):
    return Worker([build / "tests/bench_peak", threads], clean_environment(), threads)


def middle(peaks):
    """The median rates of a machine that was asked several times."""
    return {rate: sorted(peak[rate] for peak in peaks)[len(peaks) // 2] for rate in peaks[0]}


def measure(build, name, threads, rounds, versus_torch):
    """One row of the table, and what stands beside it."""
    setting = best_setting(name, threads) if versus_torch else None
    workers = [peak_worker(build, threads), steps_worker(build, name, threads)]
    if setting:
        workers.append(peer_worker(name, setting, threads))
    answers = take_turns(workers, rounds, SECONDS)
    for worker in workers:
        worker.close()
    peak, saddle = middle(answers[0]), median(answers[1])
    torch = median(answers[2]) if setting else None
    row = {"workload": name, "threads": threads, "saddle_s": saddle, "torch_s": torch,
           "ratio": torch / saddle if torch else None,
           "roofline": WORKLOADS[name].least_seconds(peak) / saddle}
    return row, peak, workers[1].description, setting


def show(row, peak, description, setting):
    work = WORKLOADS[row["workload"]]
    torch = f"{row['torch_s'] * 1e3:9.3f} ms {row['ratio']:6.2f} x" if setting else ""
    print(f"{row['workload']:16}{row['threads']:2} {row['saddle_s'] * 1e3:9.3f} ms {torch}"
          f"{row['roofline']:8.1%} of the roofline: {work.operations() / 1e9:.3f} GFLOP at "
          f"{peak['flops'] / 1e9:.0f} GFLOP/s, Adam's {work.optimizer_bytes() / 1e6:.1f} MB at "
          f"{peak['bytes'] / 1e9:.1f} GB/s")
    if row["threads"] > 1:
        print(f"{'':18} what one thread wrote, another saw after {peak['between_s'] * 1e9:.0f} ns")
    players = ("generator", "discriminator")
    print(f"{'':18} after {description['steps']} steps " + ", ".join(
        f"{player} {description[player]['digest']}" for player in players))
    counts = description["allocations"]
    print(f"{'':18} a step makes {description['nodes']:g} nodes and "
          f"{description['pool_requests']:g} requests to the pool, {description['pool_misses']:g} of "
          f"them for new blocks; requests to the system: {counts['saddle']['calls']:g} of "
          f"{counts['saddle']['bytes']:g} bytes, and {counts['onednn']['calls']:g} by oneDNN")
    if setting:
        print(f"{'':18} PyTorch at its best: {setting}")
    sys.stdout.flush()


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--versus-torch", action="store_true")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--parts", action="store_true")
    parser.add_argument("--workload", action="append", choices=WORKLOADS)
    parser.add_argument("--threads", action="append", type=int)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", type=pathlib.Path)
    return parser.parse_args()


def main():
    options = arguments()
    build = options.build.resolve()
    if options.growth or options.parts:
        return (growth if options.growth else parts)(build, steps_worker)
    print(f"operations of a step: {FORMULA}; see tests/bench/work.py")
    print(f"load of the machine at the start: {os.getloadavg()[0]:.2f}")
    rows = []
    for name in options.workload or WORKLOADS:
        for threads in options.threads or (1, 2):
            row, *rest = measure(build, name, threads, options.rounds, options.versus_torch)
            show(row, *rest)
            rows.append(row)
            # What was measured is not lost when the rest is cut short.
            if options.json:
                options.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return None


if __name__ == "__main__":
    main()
