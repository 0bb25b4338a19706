"""Writes the seeds of the fuzz targets: make_corpus.py FOLDER makes FOLDER/<target>/..."""

import gzip
import pathlib
import re
import struct
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def npy(descr, shape, data, version=1, fortran=False):
    header = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }" % (descr, fortran, shape)
    header = header.encode() + b"\n"
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header + data


def npy_seeds():
    yield npy("<f4", "(2, 3)", struct.pack("<6f", *range(6)))
    yield npy(">f8", "(2,)", struct.pack(">2d", 1.5, float("nan")), version=2)
    yield npy("<i8", "()", struct.pack("<q", -1), version=3)
    yield npy("|u1", "(0, 7)", b"")
    yield npy("|b1", "(2,)", b"\0\1")
    yield npy("<f2", "(1,)", b"\0\0")
    yield npy(">f2", "(4,)", struct.pack(">4H", 0x3c00, 1, 0xfc00, 0x7e00))
    yield npy("<i2", "(2, 1, 3)", bytes(12), fortran=True)
    yield gzip.compress(npy("<i4", "(4,)", struct.pack("<4i", 1, 2, 3, -4)), mtime=0)


def csv_seeds():
    yield b"a,b\n1,2\n3.5,-4e3\n\0"
    yield b'"x ""y""","two\nlines"\r\n1, +2 \r\n\r\n3,nan\r\n\0'
    yield b"1;2\n3;4\x03"
    yield b"a\tb\n1\t2\x0c"
    yield gzip.compress(b"a,b\n1,2\n", mtime=0) + b"\0"


def idx_seeds():
    yield struct.pack(">4B2I", 0, 0, 8, 2, 2, 3) + bytes(range(6))
    yield struct.pack(">4B3I", 0, 0, 8, 3, 1, 2, 2) + bytes(4)
    yield struct.pack(">4BI", 0, 0, 13, 1, 1) + bytes(4)
    yield gzip.compress(struct.pack(">4BI", 0, 0, 8, 1, 5) + bytes(5), mtime=0)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, pixels, extra=b"", interlaced=0):
    start = struct.pack(">2I5B", width, height, depth, colour, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", start) + extra +
            chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"") + b"\0")


def png_seeds():
    yield png(2, 2, 8, 0, b"\0\1\2\1\3\4")
    yield png(2, 1, 8, 2, b"\2" + bytes(range(6)))
    yield png(1, 2, 16, 6, b"\0" + bytes(8) + b"\4" + bytes(8))
    yield png(3, 1, 2, 3, b"\0\x1b", chunk(b"PLTE", bytes(range(12))) + chunk(b"tRNS", b"\0\x80"))
    yield png(2, 2, 8, 4, b"\0\1\2\3\4\1\5\6\7\x08", chunk(b"gAMA", struct.pack(">I", 45455)))
    yield png(3, 3, 1, 0, b"\0\x80\0\x80\0\xc0\0\x80\0\xa0", interlaced=1)


def gzip_seeds():
    text = b"the same words, the same words"
    yield text + b"\0"
    for count in range(4):
        yield gzip.compress(text * (1 + 50 * count), mtime=0) + bytes([count])
    yield gzip.compress(text, mtime=0) + gzip.compress(b"again", compresslevel=0, mtime=0) + b"\2"
    yield b"\x1f\x8b\x08\x1e" + bytes(6) + b"\2\0ab" + b"name\0" + b"note\0" + bytes(2) + b"\3\0\1"
    yield gzip.compress(bytes(1 << 20), mtime=0) + b"\3"


def fixed(text, size):
    return text.ljust(size, b"\0")


def note(kind, name):
    build = b"".join(fixed(text, size) for text, size in [
        (b"5d" * 32, 68), (b"gcc 12", 16), (b"libstdc++ cxx11", 40), (b"17", 12),
        (b"avx2+fma", 56), (b"float", 16), (b"none", 28), (b"0.24.3+xsimd", 20)])
    description = build + fixed(kind, 16) + fixed(name, 48) + fixed(b"what it does", 200) + fixed(
        b"saddle_plugin_" + kind + b"_Class", 144)
    return struct.pack("<3I", 7, len(description), 1) + fixed(b"Saddle", 8) + description


def elf(notes):
    """A shared library of one segment, with a section of notes and one of section names."""
    names = b"\0.note.saddle\0.shstrtab\0"
    segments, sections = 64, 64 + 56
    data = sections + 3 * 64
    end = data + len(notes) + len(names)
    header = b"\x7fELF\2\1\1" + bytes(9) + struct.pack(
        "<2HI3QI6H", 3, 62, 1, 0, segments, sections, 0, 64, 56, 1, 64, 3, 2)
    load = struct.pack("<2I6Q", 1, 4, 0, 0, 0, end, end, 4096)
    section = struct.Struct("<2I4Q2I2Q")
    table = bytes(64) + section.pack(1, 7, 2, 0, data, len(notes), 0, 0, 4, 0) + section.pack(
        14, 3, 0, 0, data + len(notes), len(names), 0, 0, 1, 0)
    return header + load + table + notes + names


def elf_note_seeds():
    yield elf(note(b"loss", b"bce"))
    yield elf(note(b"generator", b"mlp") + note(b"discriminator", b"mlp"))
    yield elf(b"")


def spec_seeds():
    for path in sorted((ROOT / "experiments").rglob("*.yaml")):
        yield path.read_bytes()
    yield b"a: &x [1, *x]\nb: {c: 'd', ? e : \"f\\n\"}\ng: |\n  text\nh: >-\n  folded\n"
    yield b"train: {steps: 1}\n\0train.steps=100\0losses.0.weight=2"
    yield b"losses: [{plugin: bce}]\n\0losses.bce=null\0log={samples: 10}"


def edit(slot, *parameters):
    return bytes([slot, len(parameters), *parameters])


def hdf5_seeds():
    """Edits of a sound file, as made_file.hpp reads them."""
    yield b""
    for slot in range(32):
        yield edit(slot, 0)
        yield edit(slot, 6, slot, slot // 3, slot // 5, slot * 37 % 251)
    yield edit(199, 10, 255)
    for kind in range(8):
        yield edit(200 + kind, kind, 1, 2, 3)


def spec_words():
    """The names that specs are made of, from where the host describes them."""
    words = set()
    for folder in ("experiment", "optim"):
        for path in sorted((ROOT / "platform/src" / folder).glob("*.cpp")):
            words.update(re.findall(r'"([a-z][a-z0-9_]*)"', path.read_text()))
    marks = ["- ", ": ", "{", "}", "[", "]", "&a ", "*a", "|\\x0a", ">-\\x0a", "? ", "\\x0a  ",
             "---\\x0a", "!!str ", "<<: ", "'", "\\\"", "# ", "\\x00", "1.0e-3", "null", "true"]
    return "".join('"%s"\n' % word for word in sorted(words) + marks)


SEEDS = {
    "npy": npy_seeds, "csv": csv_seeds, "idx": idx_seeds, "png": png_seeds, "gzip": gzip_seeds,
    "elf_note": elf_note_seeds, "spec": spec_seeds, "run": hdf5_seeds, "checkpoint": hdf5_seeds,
}


def main(folder):
    for target, seeds in SEEDS.items():
        place = pathlib.Path(folder) / target
        place.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds()):
            (place / ("seed-%02d" % number)).write_bytes(seed)
    (pathlib.Path(folder) / "spec.dict").write_text(spec_words())


if __name__ == "__main__":
    main(sys.argv[1])
