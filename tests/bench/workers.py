"""Programs that take a step again and again when told to, so that two sides can take turns."""
import json
import os
import statistics
import subprocess
import tempfile

PINS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # to kernels that may be slow here


def clean_environment(**settings):
    """The environment without what pins OpenBLAS, and with these settings."""
    kept = {name: value for name, value in os.environ.items() if name not in PINS}
    return {**kept, **{name: str(value) for name, value in settings.items()}}


class Worker:
    """A program that answers each line, a number of seconds, by one line of JSON."""

    def __init__(self, command, environment, threads):
        # One core means one core: the threads of libraries have no other to run on.
        place = ["taskset", "-c", "0"] if threads == 1 else []
        self.messages = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen([*place, *map(str, command)], env=environment, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.messages)
        self.description = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.messages.seek(0)
            raise SystemExit(f"{' '.join(self.process.args)}: ended without an answer.\n"
                             f"{self.messages.read()}")
        return json.loads(line)

    def ask(self, seconds):
        self.process.stdin.write(f"{seconds}\n")
        self.process.stdin.flush()
        return self.read()

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.messages.close()


def take_turns(workers, rounds, seconds):
    """The answers of each worker, asked one after the other in each round."""
    answers = [[] for _ in workers]
    for _ in range(rounds):
        for worker, found in zip(workers, answers):
            found.append(worker.ask(seconds))
    return answers


def median(answers):
    """The median of the steps of all rounds."""
    return statistics.median(time for answer in answers for time in answer)
