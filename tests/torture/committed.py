"""What a log has committed, and whether it is what it should be."""
import h5py
import numpy as np


class Loss(Exception):
    pass


def numbers(path, **how):
    """Every numeric dataset that must survive: (table, values) by name."""
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and item.dtype.kind in "iuf" and not name.startswith(
                ("timing/", "events/", "provenance/", "progress/")):
            table = item.parent
            while "step" not in table and table.name != "/":
                table = table.parent
            grows = "step" in table and item.maxshape[0] is None
            found[name] = table.name if grows else None, item[...]

    with h5py.File(path, "r", **how) as file:
        file.visititems(visit)
        return int(file["progress/step"][()]), found


def check_prefix(path, task, **how):
    """All that is committed equals the reference, and nothing committed is missing."""
    step, found = numbers(path, **how)
    last = task["last"]
    reference = task["reference"]
    if task["rolls_back"]:
        # The reference has forgotten the steps that were rolled back; here they may still stand.
        return
    for name, (table, expected) in reference.items():
        values = found[name][1]
        if table is None:
            if step >= 0 and values.tobytes() != expected.tobytes():
                raise Loss(f"{path}: {name} differs")
            continue
        steps = reference[f"{table[1:]}/step"][1]
        rows = int((steps <= step).sum()) if step < last else int((steps < last).sum())
        if values[:rows].tobytes() != expected[:rows].tobytes():
            raise Loss(f"{path}: {name} differs in its first {rows} records, committed to {step}")
