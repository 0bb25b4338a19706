"""Reads run files as their users do: with h5py, and with xarray's engines h5netcdf and netcdf4.

usage: read_run_test.py WRITER (whole|killed|watched)
WRITER is the program made of tests/experiment/run_log_writer.cpp, whose numbers are known here.
"""
import os
import random
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np
import xarray as xr

EVERY = 5
ROWS = {"losses": 1, "metrics/modes": EVERY, "samples": EVERY, "weights": EVERY, "timing": EVERY}


def expected(path, steps):
    """The rows of a dataset at these steps."""
    x = np.asarray(steps, dtype=float)
    matrix = np.tile(x[:, None, None], (1, 4, 4))
    matrix[:, 0, 1] = -x
    return {
        "losses/discriminator": x,
        "losses/generator": -x,
        "losses/bce/real": x / 2,
        "metrics/modes/covered": 8 - x / 100,
        "metrics/modes/count": x,
        "samples/generated": x[:, None, None] + np.arange(6).reshape(3, 2),
        "weights/generator/body.0.weight": matrix,
        "weights/generator/body.0.bias": np.stack([x, 2 * x], axis=1),
        "weights/discriminator/scale": x,
        "timing/discriminator": np.full(len(x), 0.25),
    }[path]


PATHS = ["losses/discriminator", "losses/generator", "losses/bce/real", "metrics/modes/covered",
         "metrics/modes/count", "samples/generated", "weights/generator/body.0.weight",
         "weights/generator/body.0.bias", "weights/discriminator/scale", "timing/discriminator"]


def table_of(path):
    return next(table for table in ROWS if path.startswith(table + "/"))


def check_rows(file, last):
    """Every dataset holds every row up to the step `last`, with the right numbers."""
    for path in PATHS:
        every = ROWS[table_of(path)]
        steps = file[table_of(path) + "/step"][:]
        steps = steps[(steps >= 0) & (steps <= last)]
        np.testing.assert_array_equal(steps, np.arange(every, last + 1, every))
        values = file[path][: len(steps)]
        assert len(values) == len(steps), (path, len(values), len(steps))
        want = expected(path, steps).astype(values.dtype)
        np.testing.assert_array_equal(values, want, err_msg=path)


def groups_of(file):
    groups = ["/"]
    file.visititems(lambda name, item: groups.append("/" + name)
                    if isinstance(item, h5py.Group) else None)
    return groups


def whole(writer, folder):
    path = os.path.join(folder, "run.h5")
    subprocess.run([writer, path, "23"], check=True)
    assert os.listdir(folder) == ["run.h5"]
    with h5py.File(path) as file:
        check_whole_file(file)
        groups = groups_of(file)
    for engine in ("h5netcdf", "netcdf4"):
        for group in groups:
            with xr.open_dataset(path, group=group, engine=engine) as data:
                data.load()
                check_group(group.strip("/"), data)


def check_whole_file(file):
    assert dict(file.attrs) == {
        "format": "saddle-run", "format_version": 1, "name": "ring8-größe",
        "seed": 18446744073709551615, "created": "2024-01-02T03:04:05Z",
        "saddle_version": file.attrs["saddle_version"]}, dict(file.attrs)
    assert file["spec/source"].asstr()[()] == "name: ring8-größe\n"
    assert file["provenance/plugins/loss-bce/sha256"].asstr()[()] == "ab"
    assert file["provenance/threads"][()] == 2
    assert file["progress/step"][()] == 23
    check_rows(file, 23)
    assert file["losses/step"].shape == (23,)
    assert list(file["losses"]) == ["step", "discriminator", "generator", "bce"]  # as created
    assert dict(file["metrics/modes/covered"].attrs)["estimator"] == "nearest"
    assert file["metrics/modes/covered"].attrs["n"] == 2500
    assert file["losses/generator"].attrs["unit"] == "nats"
    np.testing.assert_array_equal(file["samples/real"][:], np.arange(6).reshape(3, 2))
    np.testing.assert_array_equal(file["events/step"][:], [0, 23])
    np.testing.assert_array_equal(file["events/kind"][:], [0, 2])
    assert file["events/kind"].attrs["legend"].startswith("0 started, 1 resumed, 2 finished")
    check_storage(file)
    check_dimensions(file)


def check_storage(file):
    losses, samples = file["losses/generator"], file["samples/generated"]
    assert losses.chunks == (1024,) and losses.compression is None and np.isnan(losses.fillvalue)
    assert file["losses/step"].fillvalue == -1 and file["losses/step"].dtype == np.int64
    assert file["metrics/modes/count"].fillvalue == -1
    assert samples.chunks == (1, 3, 2) and samples.dtype == np.float32
    assert samples.compression is None and not samples.shuffle
    assert not samples.fletcher32
    # A kill tears writes where the kernel's pages meet; no metadata may lie across.
    storage = file.id.get_create_plist()
    assert storage.get_file_space_strategy()[0] == h5py.h5f.FSPACE_STRATEGY_PAGE
    assert storage.get_file_space_page_size() == 4096


def check_dimensions(file):
    """Each dimension has one scale, in the dataset's group or an ancestor; none serves twice."""
    def visit(name, item):
        if not isinstance(item, h5py.Dataset) or "CLASS" in item.attrs:
            return
        scales = [dimension[0].name for dimension in item.dims]
        assert all(len(dimension) == 1 for dimension in item.dims), name
        assert len(set(scales)) == len(scales), (name, scales)
        for scale in scales:
            assert item.name.startswith(os.path.dirname(scale) + "/"), (name, scale)
    file.visititems(visit)
    assert [d[0].name for d in file["weights/generator/body.0.weight"].dims] == [
        "/weights/step", "/weights/out_4", "/weights/in_4"]
    assert [d[0].name for d in file["states/kernel"].dims] == [
        "/states/step", "/states/tap_3", "/states/tap_3_2"]


def check_group(group, data):
    """One group as xarray shows it."""
    if group in ROWS:
        every = ROWS[group]
        np.testing.assert_array_equal(data.coords["step"], np.arange(every, 24, every))
        assert list(data.coords) == ["step"], list(data.coords)
    for path in PATHS:
        if os.path.dirname(path) == group:
            values = data[os.path.basename(path)]
            assert values.dims[0] == "step"
            every = ROWS[table_of(path)]
            want = expected(path, np.arange(every, 24, every))
            np.testing.assert_array_equal(values, want.astype(values.dtype))
    if group == "samples":
        assert data["generated"].dims == ("step", "sample_3", "feature_2")
        assert data["real"].dims == ("sample_3", "feature_2")
        assert float(data["generated"].sel(step=10)[2, 1]) == 15
    if group == "weights/generator":
        assert data["body.0.weight"].dims == ("step", "out_4", "in_4")


def start(writer, path):
    process = subprocess.Popen([writer, path])
    while not os.path.exists(path):
        assert process.poll() is None, "the writer ended"
        time.sleep(0.001)
    return process


def killed(writer, folder):
    pauses = random.Random(1)
    for attempt in range(12):
        path = os.path.join(folder, f"{attempt}.h5")
        process = start(writer, path)
        time.sleep(pauses.uniform(0, 0.15))
        process.kill()
        process.wait()
        with h5py.File(path, "r", libver="latest", swmr=True) as file:
            last = file["progress/step"][()]
            assert last >= 0
            check_rows(file, last)


def watched(writer, folder):
    path = os.path.join(folder, "run.h5")
    process = start(writer, path)
    try:
        seen = set()
        for _ in range(20):
            with h5py.File(path, "r", libver="latest", swmr=True) as file:
                last = file["progress/step"][()]
                check_rows(file, last)
                seen.add(last)
            time.sleep(0.01)
        assert len(seen) > 1, "the run never moved"
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        {"whole": whole, "killed": killed, "watched": watched}[sys.argv[2]](sys.argv[1], temporary)
