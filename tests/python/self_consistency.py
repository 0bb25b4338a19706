"""What any measure of information must satisfy, asked of estimates: `TASKS` of Gaussian pairs with
exact truth, and `verdicts`, which sets the estimates of several of them beside one another. After
Song and Ermon (2020), "Understanding the limitations of variational mutual information estimators".

x and y have four coordinates, each pair of them with the same correlation. Then
    independence     I(x; y in another order) = 0
    additivity       I(x; y) = I(first halves) + I(second halves)
    fewer            I(x; two coordinates of y) <= I(x; y), here one half of it
    noisier          I(x; y + noise) <= I(x; y)
    nothing new      I(x; y and the squares of y) = I(x; y)
the last three by data processing."""
import math

import numpy as np

from information_tasks import Task

D = 4
CORRELATIONS = (0.5, 0.8, 0.95)


def information(correlation, coordinates=D):
    return -coordinates / 2 * math.log(1 - correlation * correlation)


def pairs(correlation):
    def sample(n, rng):
        x, noise = rng.standard_normal((2, n, D))
        return x, correlation * x + math.sqrt(1 - correlation * correlation) * noise
    return sample


def changed(correlation, change):
    """The same pairs, and then `change` of (x, y, rng)."""
    def sample(n, rng):
        return change(*pairs(correlation)(n, rng), rng)
    return sample


def name_of(correlation, what):
    return f"correlation {correlation}: {what}"


def tasks_of(correlation):
    def task(what, truth, change):
        return Task(name_of(correlation, what), truth, changed(correlation, change))
    whole, half = information(correlation), information(correlation, D // 2)
    return [task("whole", whole, lambda x, y, rng: (x, y)),
            task("independent", 0.0, lambda x, y, rng: (x, rng.permutation(y))),
            task("first half", half, lambda x, y, rng: (x[:, :2], y[:, :2])),
            task("second half", half, lambda x, y, rng: (x[:, 2:], y[:, 2:])),
            task("fewer", half, lambda x, y, rng: (x, y[:, :2])),
            task("noisier", information(correlation / math.sqrt(2)),
                 lambda x, y, rng: (x, y + rng.standard_normal(y.shape))),
            task("nothing new", whole, lambda x, y, rng: (x, np.hstack([y, y ** 2])))]


TASKS = [task for correlation in CORRELATIONS for task in tasks_of(correlation)]

COLUMNS = ["I(x; y)", "independent", "halves / whole", "fewer / whole", "noisier / whole", "nothing new / whole"]


def row_of(value):
    """One row of COLUMNS from value(what), the estimate of one of a correlation's tasks. Of next to
    nothing there are no shares."""
    whole = value("whole")
    parts = [value("first half") + value("second half"), value("fewer"), value("noisier"), value("nothing new")]
    return [whole, value("independent"), *(part / whole if whole > 0.05 else math.nan for part in parts)]


def text_of(cell):
    if isinstance(cell, str):
        return cell
    return "-" if math.isnan(cell) else f"{cell:.3f}"


def verdicts(estimators, mean):
    """Lines of a table for each correlation; mean(task name, estimator) is the mean estimate."""
    tables = []
    for correlation in CORRELATIONS:
        truths = {task.name: task.truth for task in tasks_of(correlation)}
        lines = [[f"correlation {correlation}", *COLUMNS],
                 ["truth", *row_of(lambda what: truths[name_of(correlation, what)])]]
        lines += [[e, *row_of(lambda what: mean(name_of(correlation, what), e))] for e in estimators]
        tables.append([[text_of(cell) for cell in line] for line in lines])
    return tables
