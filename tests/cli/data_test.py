"""Data that cannot be read: for every reader the file, the place, what to do, and exit code 4."""
import gzip
import io
import struct
import unittest
import zlib

import h5py
import numpy as np
from command import CommandTest, spec_text


def npy(array, header=None):
    """The bytes of numpy.save, with another header where one is given."""
    if header is None:
        out = io.BytesIO()
        np.save(out, array)
        return out.getvalue()
    text = header.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + array.tobytes()


def idx(shape, data, kind=8):
    return struct.pack(">HBB", 0, kind, len(shape)) + struct.pack(f">{len(shape)}I", *shape) + data


def png(width, height, data):
    def chunk(name, content):
        return (struct.pack(">I", len(content)) + name + content +
                struct.pack(">I", zlib.crc32(name + content)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


class Data(CommandTest):
    def test_a_column_that_never_changes_becomes_0(self):
        np.save(self.folder / "points.npy",
                np.stack([np.full(10, 0.1, "f4"), np.arange(10, dtype="f4")], 1))
        done = self.run_spec(spec_text(dataset="{plugin: npy, path: points.npy, scale: standard}"))
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(self.folder / "run/run.h5") as run:
            real = run["samples/real"][...]
        self.assertEqual(real[:, 0].tolist(), [0] * len(real))
        self.assertGreater(real[:, 1].std(), 0.5)

    def refused(self, dataset, message):
        """The run is refused with exit code 4, and leaves nothing behind."""
        plugin = dataset.split(",")[0].split(": ")[1]
        done = self.run_spec(spec_text(dataset=dataset))
        self.expect(done, 4, f"dataset '{plugin}' (constructor): " +
                    message.replace("HERE", str(self.folder)))
        self.assertFalse((self.folder / "run").exists())

    def file(self, content, name, dataset, message):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.refused(dataset, message)
        path.unlink()

    def unreadable(self, name, dataset, message="expected a file, found a directory."):
        (self.folder / name).mkdir(parents=True)
        self.refused(dataset, f"HERE/{name}: {message}")
        (self.folder / name).rmdir()

    def test_npy(self):
        def file(content, message):
            self.file(content, "a.npy", "{plugin: npy, path: a.npy}", message)

        def header(kind, shape):
            return f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"

        good = npy(np.arange(6.0).reshape(3, 2))
        hole = npy(np.array([[0, 1], [2, np.nan]]))
        file(good[:-3], "HERE/a.npy: byte 173: the file ends after 45 of the 48 bytes that its "
                        "shape [3, 2] announces.")
        file(gzip.compress(good)[:-20],
             "HERE/a.npy: byte 85: the gzip data ends too early. Fetch the file again.")
        file(hole, "a.npy: the number at [1, 1] is not finite. Mend it, or leave its sample out.")
        file(npy(np.array(["a", "b"])),
             "HERE/a.npy: byte 10: expected integers or floats, found the type '<U1'.")
        file(npy(np.zeros(6), header("<f8", "(3,)")),
             "HERE/a.npy: byte 152: expected the end of the file after the data of shape [3], "
             "found more.")
        file(npy(np.zeros(0), header("|u1", "(4000000000, 1)")),
             "HERE/a.npy: byte 10: the shape [4000000000, 1] makes more than 536870912 numbers, "
             "the most that is read.")
        file(b"", "HERE/a.npy: byte 0: expected an npy file, as numpy.save writes it. Is this "
                  "another kind of file?")
        self.unreadable("a.npy", "{plugin: npy, path: a.npy}")

    def test_csv(self):
        def file(content, message):
            self.file(content, "a.csv", "{plugin: csv, path: a.csv}", f"HERE/a.csv{message}")

        file(b"x,y\n1,2\n3\n", ":3: expected 2 fields as in the first row, found 1.")
        file(b"x,y\n1,2\n3,nan\n", ":3: column 'y': expected a finite number, found 'nan'. Mend "
                                   "the row, or leave the column out.")
        file(b"x,y\n1,2\n3,tall\n", ":3: column 'y': expected a finite number, found 'tall'. "
                                    "Mend the row, or leave the column out.")
        file(b'x,y\n1,"2\n3\n', ":2: a field begins with a quote that is never closed.")
        file(gzip.compress(b"x,y\n1,2\n" * 100)[:-9],
             ": byte 27: the gzip data ends too early. Fetch the file again.")
        file(b"", ": expected a table, found no rows.")
        self.unreadable("a.csv", "{plugin: csv, path: a.csv}")

    def test_a_table_that_inflates_without_end(self):
        block = zlib.compressobj(wbits=31)
        bomb = block.compress(b"1," * (1 << 20))
        for _ in range(20):
            bomb += block.compress(b"1," * (1 << 20))
        self.file(bomb + block.flush(), "a.csv", "{plugin: csv, path: a.csv}",
                  "HERE/a.csv:1: the table has more than 20000000 fields, the most that is read. "
                  "Convert it to npy.")

    def test_idx(self):
        dataset = "{plugin: idx, images: a.idx}"

        def file(content, message):
            self.file(content, "a.idx", dataset, f"HERE/a.idx: {message}")

        good = idx((2, 2, 2), bytes(8))
        file(good[:-1], "byte 23: the file ends after 7 of the 2 x 2 x 2 = 8 bytes that its header "
                        "announces. Fetch the file again.")
        file(gzip.compress(good)[:-9], "byte 22: the gzip data ends too early. Fetch the file "
                                       "again.")
        file(idx((2, 2), bytes(4)), "expected images [n, rows, columns], found an array of shape "
                                    "[2, 2].")
        file(idx((2, 2, 2), bytes(8), 13),
             "byte 2: expected type 0x08 (unsigned bytes), found 0x0d (floats). Convert the file "
             "to unsigned bytes, or use the npy format.")
        file(good + b"1", "byte 24: expected the end of the file after 2 x 2 x 2 = 8 bytes of "
                          "data, found more. Fetch the file again.")
        file(idx((4000000000, 4000000000, 4), b""),
             "byte 4: the sizes 4000000000 x 4000000000 x 4 make more than 4294967296 bytes, the "
             "most that is read. Split the file.")
        self.unreadable("a.idx", dataset)

    def test_png(self):
        dataset = "{plugin: png, path: set}"

        def file(content, message):
            self.file(content, "set/a.png", dataset, f"HERE/set/a.png: {message}")

        good = png(2, 2, b"\0\1\2\0\3\4")
        broken = good[:50] + b"xxxx" + good[54:]
        file(good[:-20], "expected a PNG image: read beyond end of data.")
        file(b"GIF89a", "expected a PNG image: read beyond end of data.")
        file(broken, "expected a PNG image: IDAT: incorrect data check.")
        file(png(60000, 60000, b""), "has 60000 x 60000 pixels; at most 67108864 are read.")
        self.unreadable("set/a.png", dataset)

    def test_hdf5(self):
        out = io.BytesIO()
        with h5py.File(out, "w") as file:
            file["x"] = np.arange(6.0).reshape(3, 2)
            file["hole"] = np.array([[0, 1], [2, np.nan]])
            file["words"] = ["a", "b"]
            file["record"] = np.zeros(2, dtype=[("a", "f4")])
            file.create_dataset("ragged", (2,), dtype=h5py.vlen_dtype("f8"))
            file.create_dataset("bomb", (1 << 40, 2), dtype="u1", chunks=(1024, 2),
                                compression="gzip")
            random = np.random.default_rng(1).random((1000, 2))
            damaged = file.create_dataset("damaged", data=random, chunks=(100, 2),
                                          compression="gzip")
            chunk = damaged.id.get_chunk_info(3).byte_offset
        good = out.getvalue()

        def file(content, dataset, message):
            self.file(content, "a.h5", f"{{plugin: hdf5, path: a.h5, dataset: {dataset}}}", message)

        file(good[:len(good) // 2], "x", "HERE/a.h5: cannot be opened: it is truncated.")
        file(b"rubbish", "x", "HERE/a.h5: cannot be opened: it is no HDF5 file.")
        file(good, "hole", "a.h5:hole: the number at [1, 1] is not finite. Mend it, or leave its "
                           "sample out.")
        file(good, "words", "HERE/a.h5: /words: expected numbers, found text.")
        file(good, "record", "HERE/a.h5: /record: expected numbers, found another type.")
        file(good, "ragged", "HERE/a.h5: /ragged: expected numbers, found another type.")
        file(good, "bomb", "HERE/a.h5: /bomb: expected at most 536870912 numbers, found "
                           "2199023255552. Read it by rows.")
        file(good, "absent", "HERE/a.h5: there is no dataset 'absent' in it.")
        file(good[:chunk] + bytes(20) + good[chunk + 20:], "damaged",
             "HERE/a.h5: /damaged: cannot be read: inflate() failed.")
        self.unreadable("a.h5", "{plugin: hdf5, path: a.h5, dataset: x}",
                        "expected an HDF5 file, found a directory, pipe or device.")

    def test_stacked_digits(self):
        (self.folder / "images").write_bytes(idx((2, 2, 2), bytes(7)))
        self.refused("{plugin: stacked-mnist, images: images, labels: labels}",
                     "HERE/images: byte 23: the file ends after 7 of the 2 x 2 x 2 = 8 bytes that "
                     "its header announces. Fetch the file again.")


if __name__ == "__main__":
    unittest.main()
