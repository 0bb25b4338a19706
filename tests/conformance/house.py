#!/usr/bin/env python3
"""Checks the rules of the house: who includes whom, the length of files, and their format.

usage: house.py ROOT | house.py --self-test

Prints one line per violation, "file:line: what is wrong", and exits with 1 when there is any. The
rules stand in house_rules.py.
"""
import fnmatch
import pathlib
import re
import subprocess
import sys

import house_rules as rules

LEVEL = {floor: level for level, row in enumerate(rules.FLOORS) for floor in row}
SOURCES = (".cpp", ".hpp")
SCRIPTS = (".cmake", ".py", ".sh")
FOLDERS = ("platform", "plugins", "tests", "tools")

# An include line, or whatever may hide something that only looks like one.
TOKEN = re.compile(
    r"""^[ \t]*\#[ \t]*include\b[ \t]*(?P<target>[^\n]*?)[ \t]*(?://[^\n]*|/\*[^\n]*)?$
      | R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)"
      | //[^\n]*
      | /\*.*?\*/
      | "(?:\\.|[^"\\\n])*"
      | '(?:\\.|[^'\\\n])+'""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def includes(text):
    """The include lines of a C++ file: (line, target with its brackets or quotes)."""
    for match in TOKEN.finditer(text):
        if match["target"] is not None:
            yield text.count("\n", 0, match.start("target")) + 1, match["target"]


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def is_standard(name):
    return name in rules.STANDARD or matches(name, rules.SYSTEM)


class File:
    """A source file of the platform or a plugin, and what it may include."""

    def __init__(self, root, path):
        self.root, self.path = root, path
        parts = pathlib.PurePosixPath(path).parts
        self.is_plugin = parts[0] == "plugins"
        self.is_sdk = parts[:2] == ("platform", "include")
        # The path below platform/src or platform/include/saddle: "floor/...".
        self.place = "/".join(parts[3 if self.is_sdk else 2:])
        self.floor = self.place.split("/")[0] if "/" in self.place else None

    def check(self):
        """Yields (line, message) for each include that breaks a rule."""
        if not self.is_plugin and self.floor not in LEVEL and self.place != "saddle.hpp":
            yield 1, "this file stands on no floor; the floors are " + ", ".join(LEVEL) + "."
            return
        highest = 0
        text = (self.root / self.path).read_text(encoding="utf-8", errors="replace")
        for line, target in includes(text):
            message = self.check_target(target)
            if message:
                yield line, message
                continue
            rank = self.rank(target)
            if rank < highest:
                yield line, (
                    f"{target} stands too late: the order is own header, project, third party, "
                    "standard."
                )
            highest = max(highest, rank)

    def check_target(self, target):
        if not re.fullmatch(r'<[^<>"]+>|"[^<>"]+"', target):
            return f"expected a file name in <> or quotes after #include, found {target}."
        name = target[1:-1]
        if self.is_plugin:
            if target[0] == '"' and (self.root / self.path).with_name(name).is_file():
                return None
            if target[0] == "<" and (name.startswith("saddle/") or name in rules.STANDARD):
                return self.check_exists(target)
            return ("a plugin may include only <saddle/...>, the standard library and files of its "
                    f"own folder, not {target}.")
        if target[0] == '"' or name.startswith("saddle/"):
            return self.check_project(target)
        return None if is_standard(name) else self.check_door(target)

    def check_exists(self, target):
        name = target[1:-1]
        folder = "src" if target[0] == '"' else "include"
        if name in rules.STANDARD or name in rules.GENERATED:
            return None
        if (self.root / "platform" / folder / name).is_file():
            return None
        return f"{target} is no file below platform/{folder}."

    def check_project(self, target):
        name = target[1:-1]
        missing = self.check_exists(target)
        if missing:
            return missing
        if self.is_sdk and target[0] == '"':
            return f"an SDK header may not include {target}, which is not installed."
        if name == rules.UMBRELLA:
            return f"{target} is for plugins and tests; include what is used."
        if self.floor is None:
            return None
        default = name[len("saddle/"):] if target[0] == "<" else name
        floor = rules.GENERATED.get(name, default.split("/")[0])
        if floor == self.floor or LEVEL.get(floor, 99) < LEVEL[self.floor]:
            return None
        if LEVEL.get(floor) == LEVEL[self.floor]:
            return f"{self.floor} may not include {floor}, which stands beside it: {target}."
        return f"{self.floor} may not include {floor}, which stands above it: {target}."

    def check_door(self, target):
        for library, headers, door in rules.DOORS:
            if matches(target[1:-1], headers):
                if any(self.place == d or d[-1] == "/" and self.place.startswith(d) for d in door):
                    return None
                return f"{target} belongs to {library}, whose door is {' and '.join(door)}."
        return f"{target} is neither standard nor of a library in house_rules.py."

    def rank(self, target):
        name = target[1:-1]
        stem = str(pathlib.PurePosixPath(self.place).with_suffix(".hpp"))
        if self.path.endswith(".cpp") and target in (f'"{stem}"', f"<saddle/{stem}>"):
            return 0
        if target[0] == '"' or name.startswith("saddle/"):
            return 1
        return 3 if is_standard(name) else 2


def files_below(root):
    """Every source and script of the project, as sorted relative paths."""
    found = []
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            relative = path.relative_to(root).as_posix()
            wanted = path.suffix in SOURCES + SCRIPTS or path.name == "CMakeLists.txt"
            wanted = wanted or folder == "tools" and path.suffix == ""
            if wanted and path.is_file() and "/node_modules/" not in relative:
                found.append(relative)
    return sorted(found)


def check_length(root, path):
    lines = (root / path).read_bytes().count(b"\n")
    if lines > rules.MOST_LINES:
        yield lines, f"{lines} lines; a file has at most {rules.MOST_LINES}."


def check_format(root, paths):
    """The first line of each file that clang-format would change: {path: line}."""
    if not paths:
        return {}
    result = subprocess.run(
        ["clang-format", "--dry-run", "-Werror", "--ferror-limit=0", *paths],
        cwd=root, capture_output=True, text=True, check=False)
    first = {}
    for path, line in re.findall(r"^(\S+):(\d+):\d+: error: code should be", result.stderr, re.M):
        first.setdefault(path, int(line))
    if result.returncode != 0 and not first:
        sys.exit("clang-format failed: " + result.stderr)
    return first


def violations(root):
    """Every violation below `root`, as sorted lines of text."""
    root = pathlib.Path(root)
    found = []
    paths = files_below(root)
    for path in paths:
        found += [(path, line, message) for line, message in check_length(root, path)]
        if path.endswith(SOURCES) and path.startswith(
                ("platform/include/", "platform/src/", "plugins/")):
            found += [(path, line, message) for line, message in File(root, path).check()]
    for path, line in check_format(root, [p for p in paths if p.endswith(SOURCES)]).items():
        found.append((path, line, "clang-format would change this line; run clang-format -i."))
    return [f"{path}:{line}: {message}" for path, line, message in sorted(found)]


def main(arguments):
    if arguments == ["--self-test"]:
        import house_self_test
        return house_self_test.run(violations, __file__)
    if len(arguments) != 1 or not (pathlib.Path(arguments[0]) / "platform").is_dir():
        print("usage: house.py ROOT | house.py --self-test", file=sys.stderr)
        return 2
    found = violations(arguments[0])
    print("\n".join(found) if found else "The house is in order.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
