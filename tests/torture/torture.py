"""Kills runs, resumes and repairs, interrupts runs, lets disks run full, and checks that nothing
committed is lost and that every run ends bit-identical to one that was left alone.

usage: torture.py SADDLE SHIM [--kills N] [--interruptions N] [--failures N] [--seed S]
                  [--sweep] [--start]

Half of the kills come at a random moment, half at a random call that writes, syncs, truncates or
renames a file; each hits a run, a resume or a repair. With --sweep they come at every such call of a
short run, of its resume and of a repair; then each call of a run that rolls back fails. With --start
a fifth of the calls of a run of one step fail. Exits with 1 at the first loss, keeping the folder.
"""
import argparse
import itertools
import operator
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from committed import Loss, check_prefix, numbers

COMMON = """seed: {seed}
dataset: {{plugin: ring}}
latent: {{z: {{normal: 2}}}}
generator: {{plugin: mlp, hidden: [{width}]}}
discriminator: {{plugin: mlp, hidden: [{width}, {width}]}}
"""
# The players' width and the rest of each spec; the last is for signals amid large products.
SPECS = [
    (16, """losses: [{plugin: bce}, {plugin: r1, gamma: 0.1}]
train: {steps: 400, batch: 32, average: 0.9, instance_noise: 0.1}
metrics: [{plugin: modes, every: 30, samples: 200}]
log: {samples: {every: 50, count: 20}, weights: {every: 40}, checkpoint: {every: 20}}
"""),
    (16, """losses: [{plugin: least-squares}]
train: {steps: 300, batch: 32, update: simultaneous, packing: 2,
  optimizer: {discriminator: {rmsprop: {lr: 0.001}}, generator: {sgd: {lr: 0.01, momentum: 0.5}}}}
log: {losses: {every: 3}, samples: {every: 70, count: 20}, checkpoint: {every: 33},
  best: {series: generator, keep: min}, states: {every: 100}}
"""),
    (16, """losses: [{plugin: least-squares}]
train: {steps: 300, batch: 32, on_divergence: rollback, rollback: {factor: 0.2, times: 6},
  optimizer: {discriminator: {sgd: {lr: {exponential: {from: 0.1, to: 20}}}}}}
metrics: [{plugin: kl-histogram, every: 40, samples: 200}]
log: {samples: {every: 50, count: 20}, checkpoint: {every: 20}}
"""),
    (128, """losses: [{plugin: bce}]
train: {steps: 200, batch: 512}
log: {losses: {every: 1}, players: {every: 1}, samples: {every: 100}, checkpoint: {every: 70}}
"""),
]

FAILED = re.compile(r"run/\S+: cannot be [a-z ]+: "
                    r"(No space left on device|Input/output error)\.")


class Torture:
    def __init__(self, saddle, shim, folder, choice):
        self.saddle, self.shim, self.folder, self.choice = saddle, shim, folder, choice
        self.run_folder = folder / "run"
        self.kills = self.interruptions = self.failures = 0

    def so_far(self):
        return (f"{self.kills} kills, {self.interruptions} interruptions, {self.failures} failures "
                "of the disk")

    def command(self, *arguments, shim=None):
        environment = dict(os.environ)
        if shim:
            environment |= {"LD_PRELOAD": str(self.shim), "SADDLE_SHIM": shim,
                            "SADDLE_SHIM_COUNT": str(self.folder / "count")}
        return subprocess.Popen([str(self.saddle), *arguments], cwd=self.folder, text=True,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)

    def finish(self, process, codes=(0,)):
        message = process.communicate(timeout=120)[1]
        if process.returncode not in codes:
            raise Loss(f"{' '.join(process.args[1:])}: exit code {process.returncode}: {message}")
        return message

    def prepare(self, index, steps=None):
        """The reference of a spec: its numbers, how long it takes and how many calls it makes."""
        spec = f"spec{index}.yaml"
        width, rest = SPECS[index]
        text = COMMON.format(seed=index + 1, width=width) + rest
        (self.folder / spec).write_text(
            re.sub("steps: [0-9]+", f"steps: {steps}", text) if steps else text)
        begin = time.monotonic()
        self.finish(self.command("run", spec, "--out", f"whole{index}", shim="count"))
        last, reference = numbers(self.folder / f"whole{index}/run.h5")
        return {"spec": spec, "seconds": time.monotonic() - begin, "reference": reference,
                "last": last, "rolls_back": "rollback" in rest,
                "calls": int((self.folder / "count").read_text())}

    def was_killed(self, process, message):
        # A repair works in a child process, which the shim ends in its place.
        killed = process.returncode == -9 or "crashed (Killed)" in message
        if process.returncode != 0 and not killed:
            raise Loss(f"{' '.join(process.args[1:])}: exit code {process.returncode}: {message}")
        self.kills += killed
        return killed

    def kill_at(self, call, *arguments):
        """Runs a command and kills it at its N-th call; returns whether it came that far."""
        process = self.command(*arguments, shim=f"kill:{call}")
        return self.was_killed(process, process.communicate(timeout=120)[1])

    def kill(self, task, *arguments):
        """Runs a command and kills it somewhere; returns whether it was killed."""
        if self.choice.random() < 0.5:
            return self.kill_at(self.choice.randint(1, task["calls"]), *arguments)
        process = self.command(*arguments)
        message = ""
        try:
            message = process.communicate(timeout=self.choice.random() * task["seconds"])[1]
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        return self.was_killed(process, message)

    def check_log(self, task):
        log = self.run_folder / "run.h5"
        if log.exists():
            check_prefix(log, task, swmr=True)

    def check_repair(self, task):
        """A copy is repaired, perhaps killed in doing so, and opens plainly."""
        log, copy = self.run_folder / "run.h5", self.folder / "copy/run.h5"
        if not log.exists():
            return
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(log, copy)
        if self.choice.random() < 0.5:
            short = {**task, "seconds": 0.2, "calls": 200}
            self.kill(short, "repair", "copy/run.h5")
            check_prefix(copy, task, swmr=True)
        self.finish(self.command("repair", "copy/run.h5"))
        check_prefix(copy, task)

    def again(self, task):
        """What goes on with the run: a resume, or the run from the start where nothing is left."""
        if (self.run_folder / "checkpoint.h5").exists() or (
                self.run_folder / "checkpoint-previous.h5").exists():
            return ["resume", "run"]
        return ["run", task["spec"], "--out", "run", "--overwrite"]

    def end(self, task):
        self.finish(self.command(*self.again(task)))
        self.check_whole(task)

    def check_whole(self, task):
        step, found = numbers(self.run_folder / "run.h5")
        for name, (_, expected) in task["reference"].items():
            if found[name][1].tobytes() != expected.tobytes():
                raise Loss(f"{name} differs at the end, step {step}")
        if len(found) != len(task["reference"]):
            raise Loss("the run has other datasets at the end")

    def one_run(self, task):
        shutil.rmtree(self.run_folder, ignore_errors=True)
        arguments = ["run", task["spec"], "--out", "run"]
        while self.kill(task, *arguments):
            self.check_log(task)
            self.check_repair(task)
            arguments = self.again(task)
            if self.choice.random() < 0.3:
                break
        self.end(task)

    def one_interruption(self, task):
        """Signals at random moments of a run and of its resumes; then it goes on to the end."""
        shutil.rmtree(self.run_folder, ignore_errors=True)
        self.interrupt(task, "run", task["spec"], "--out", "run")
        while self.choice.random() < 0.4:
            self.interrupt(task, *self.again(task))
        self.end(task)

    def interrupt(self, task, *arguments):
        process = self.command(*arguments)
        time.sleep(self.choice.random() * task["seconds"])
        process.send_signal(sent := self.choice.choice([signal.SIGINT, signal.SIGTERM]))
        self.finish(process, codes=(0, 128 + sent, -sent))  # the last before it listens
        self.interruptions += process.returncode == 128 + sent
        self.check_log(task)

    def sweep(self, task):
        """Kills at every call of a run, of a resume from its middle, and of a repair."""
        spare = self.folder / "spare"
        for call in itertools.count(1):
            shutil.rmtree(self.run_folder, ignore_errors=True)
            if not self.kill_at(call, "run", task["spec"], "--out", "run"):
                break
            self.check_log(task)
            self.check_repair(task)
            if call == task["calls"] // 2:
                shutil.copytree(self.run_folder, spare)
            self.end(task)
        print(f"a run: killed at each of {call - 1} calls", flush=True)
        for call in itertools.count(1):
            shutil.rmtree(self.run_folder)
            shutil.copytree(spare, self.run_folder)
            if not self.kill_at(call, "resume", "run"):
                break
            self.check_log(task)
            self.end(task)
        print(f"a resume: killed at each of {call - 1} calls", flush=True)
        for call in itertools.count(1):
            shutil.copy(spare / "run.h5", self.folder / "copy/run.h5")
            if not self.kill_at(call, "repair", "copy/run.h5"):
                break
            check_prefix(self.folder / "copy/run.h5", task, swmr=True)
            self.finish(self.command("repair", "copy/run.h5"))
            check_prefix(self.folder / "copy/run.h5", task)
        print(f"a repair: killed at each of {call - 1} calls", flush=True)

    def fail_at(self, how, call, task):
        """The disk is full from some call on, or one call fails."""
        shutil.rmtree(self.run_folder, ignore_errors=True)
        process = self.command("run", task["spec"], "--out", "run", shim=f"{how}:{call}")
        message = self.finish(process, codes=(0, 4))
        if process.returncode == 4 and not FAILED.fullmatch(message.strip().split("\n")[-1]):
            raise Loss(f"another message than that a file cannot be written: {message}")
        if process.returncode == 0:
            self.check_whole(task)
        self.failures += process.returncode == 4

    def one_failure(self, task):
        """A failure somewhere; then the run goes on."""
        call = self.choice.randint(1, task["calls"])
        self.fail_at(self.choice.choice(["full", "fail"]), call, task)
        self.check_log(task)
        self.check_repair(task)
        self.end(task)

    def failing_sweep(self, task, stride=1):
        """Calls of a run fail, one after the other."""
        calls = range(self.choice.randint(1, stride), task["calls"] + 1, stride)
        for call in calls:
            self.fail_at("fail", call, task)
            self.check_log(task)
        print(f"a run: {len(calls)} of its {task['calls']} calls failed", flush=True)


def endure(torture, kills, interruptions, failures):
    tasks = [torture.prepare(index) for index in range(len(SPECS))]
    for turn in itertools.count():
        done = torture.kills, torture.interruptions, torture.failures
        if all(map(operator.ge, done, (kills, interruptions, failures))):
            return
        task = tasks[turn % len(tasks)]
        if torture.kills < kills:
            torture.one_run(task)
        if torture.interruptions < interruptions:
            torture.one_interruption(tasks[-1] if turn % 2 else tasks[turn // 2 % 4])
        if torture.failures < failures:
            torture.one_failure(task)
        if turn % 20 == 0:
            print(torture.so_far(), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("saddle", type=pathlib.Path)
    parser.add_argument("shim", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--interruptions", type=int, default=20)
    parser.add_argument("--failures", type=int, default=10)
    parser.add_argument("--seed", type=int, default=None, help="of the moments; random by default")
    parser.add_argument("--sweep", action="store_true", help="kill at every call of short commands")
    parser.add_argument("--start", action="store_true", help="fail at a fifth of the calls of a run of one step")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="saddle-torture-"))
    torture = Torture(options.saddle.resolve(), options.shim.resolve(), folder, random.Random(seed))
    try:
        if options.sweep:
            torture.sweep(torture.prepare(0, steps=45))
            torture.failing_sweep(torture.prepare(2, steps=160))
        elif options.start:
            torture.failing_sweep(torture.prepare(0, steps=1), stride=5)
        else:
            endure(torture, options.kills, options.interruptions, options.failures)
    except (Loss, OSError, KeyError, subprocess.TimeoutExpired) as problem:
        print(f"LOST: {problem}\nafter {torture.so_far()}; the folder is {folder}")
        return 1
    shutil.rmtree(folder)
    print(f"{torture.so_far()}: nothing that was committed was lost, and every run ended "
          "bit-identical")
    return 0


if __name__ == "__main__":
    sys.exit(main())
