"""Run files as the tests compare them."""
import h5py
import numpy as np

EVENTS = ["started", "resumed", "finished", "interrupted", "stopped", "diverged", "failed",
          "rolled-back"]
MAY_DIFFER = ("timing/", "events/", "provenance/")


def numbers(path):
    """Every numeric dataset of a run that a resumed one must equal, as (shape, bytes) by its name."""
    found = {}

    def visit(name, item):
        numeric = isinstance(item, h5py.Dataset) and item.dtype.kind in "iuf"
        if numeric and not name.startswith(MAY_DIFFER):
            found[name] = item.shape, item[...].tobytes()

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def events(path):
    """(kind, step, from_step) of each event."""
    with h5py.File(path) as file:
        table = file["events"]
        return [(EVENTS[kind], int(step), int(origin)) for kind, step, origin in
                zip(table["kind"][...], table["step"][...], table["from_step"][...])]


def series(path, name):
    with h5py.File(path) as file:
        return np.array(file[name])
