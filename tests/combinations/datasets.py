"""A small set of data for each plugin that reads or draws them."""
import struct
import zlib

import h5py
import numpy as np

IMAGES = {"plugin": "npy", "path": "images.npy", "labels": "labels.npy", "test_share": 0.25}
EACH = [IMAGES, {"plugin": "ring"}, {"plugin": "grid"},
        {"plugin": "gaussian-mixture", "means": [[0, 0, 0], [1, 2, 3]]},
        {"plugin": "csv", "path": "points.csv", "label": "class"},
        {"plugin": "hdf5", "path": "images.h5", "dataset": "x", "labels": "y"},
        {"plugin": "idx", "images": "images.idx", "labels": "labels.idx"},
        {"plugin": "stacked-mnist", "images": "images.idx", "labels": "labels.idx", "points": 64},
        {"plugin": "png", "path": "png", "classes": True}]


def write_idx(path, values):
    header = struct.pack(f">HBB{values.ndim}I", 0, 8, values.ndim, *values.shape)
    path.write_bytes(header + values.tobytes())


def write_png(path, image):
    chunk = lambda kind, data: (struct.pack(">I", len(data)) + kind + data +
                                struct.pack(">I", zlib.crc32(kind + data)))
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" +
                     chunk(b"IHDR", struct.pack(">2I5B", *image.shape[::-1], 8, 0, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_all(folder):
    random = np.random.default_rng(1)
    images, labels = random.standard_normal((64, 16, 16, 1)).astype(np.float32), np.arange(64) % 3
    np.save(folder / "images.npy", images)
    np.save(folder / "labels.npy", labels)
    with h5py.File(folder / "images.h5", "w") as file:
        file["x"], file["y"] = images, labels
    np.savetxt(folder / "points.csv", np.column_stack([images.reshape(64, -1)[:, :2], labels]),
               delimiter=",", header="x,y,class", comments="")
    pixels = random.integers(0, 256, (64, 16, 16), dtype=np.uint8)
    write_idx(folder / "images.idx", pixels)
    write_idx(folder / "labels.idx", labels.astype(np.uint8))
    for at, (image, label) in enumerate(zip(pixels, labels)):
        (folder / f"png/{label}").mkdir(parents=True, exist_ok=True)
        write_png(folder / f"png/{label}/{at}.png", image)
