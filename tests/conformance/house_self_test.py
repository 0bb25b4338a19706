"""Proves that house.py can fail: a small tree with one violation of each kind, and a clean one."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

import house_rules

ORDER = "the order is own header, project, third party, standard."
PLUGIN = ("a plugin may include only <saddle/...>, the standard library and files of its own "
          "folder")
FLOORS = "base, io, tensor, autograd, info, nn, optim, bounds, plugin, experiment, report, cli"

# A tree in order, with everything in it that looks like a violation and is none.
CLEAN = {
    "platform/include/saddle/base/error.hpp": "#pragma once\n\n#include <string>\n",
    "platform/include/saddle/tensor/tensor.hpp":
        "#pragma once\n\n#include <saddle/base/error.hpp>\n#include <saddle/build_id.hpp>\n\n"
        "#include <xtensor/xarray.hpp>\n\n#include <vector>\n",
    "platform/include/saddle/saddle.hpp":
        "#pragma once\n\n#include <saddle/base/error.hpp>\n#include <saddle/tensor/tensor.hpp>\n",
    "platform/src/base/error.cpp": "#include <saddle/base/error.hpp>\n",
    "platform/src/base/hash.hpp": "#pragma once\n",
    "platform/src/base/hash.cpp":
        '#include "base/hash.hpp"\n\n#include <saddle/base/error.hpp>\n\n'
        "#include <openssl/evp.h>\n\n#include <fcntl.h>\n\n#include <array>\n",
    "platform/src/io/hdf5.hpp": '#pragma once\n\n#include <hdf5.h>\n',
    "platform/src/autograd/node.hpp": "#pragma once\n",
    "platform/src/info/tree.hpp": "#pragma once\n",
    "platform/src/cli/new.cpp":
        '#include "autograd/node.hpp"\n#include "info/tree.hpp"  // both are below\n\n'
        '#include <CLI/CLI.hpp>\n\nconst char* text = R"(\n#include <saddle/saddle.hpp>\n)";\n'
        '/*\n#include "missing.hpp"\n*/\n',
    "plugins/losses/bce/bce.cpp":
        '#include "link.hpp"\n\n#include <saddle/saddle.hpp>\n\n#include <vector>\n',
    "plugins/losses/bce/link.hpp": "#pragma once\n",
    "tests/long.py": "\n" * 300,
}

# What is added to the clean tree: the file's text, and what must be said of it.
VIOLATIONS = {
    "platform/src/base/upward.cpp": (
        '#include "io/hdf5.hpp"\n',
        [':1: base may not include io, which stands above it: "io/hdf5.hpp".']),
    "platform/include/saddle/base/upward.hpp": (
        "#pragma once\n\n#include <saddle/tensor/tensor.hpp>\n",
        [":3: base may not include tensor, which stands above it: <saddle/tensor/tensor.hpp>."]),
    "platform/src/autograd/beside.cpp": (
        '#include "info/tree.hpp"\n',
        [':1: autograd may not include info, which stands beside it: "info/tree.hpp".']),
    "platform/src/info/beside.cpp": (
        '#include "autograd/node.hpp"\n',
        [':1: info may not include autograd, which stands beside it: "autograd/node.hpp".']),
    "platform/src/cli/umbrella.cpp": (
        "#include <saddle/saddle.hpp>\n",
        [":1: <saddle/saddle.hpp> is for plugins and tests; include what is used."]),
    "platform/include/saddle/io/inside.hpp": (
        '#pragma once\n\n#include "io/hdf5.hpp"\n',
        [':3: an SDK header may not include "io/hdf5.hpp", which is not installed.']),
    "platform/src/attic/a.cpp": (
        "#include <vector>\n", [f":1: this file stands on no floor; the floors are {FLOORS}."]),
    "platform/src/loose.cpp": (
        "#include <vector>\n", [f":1: this file stands on no floor; the floors are {FLOORS}."]),
    "platform/src/base/missing.cpp": (
        '#include "hash.hpp"\n\n#include <saddle/base/none.hpp>\n',
        [':1: "hash.hpp" is no file below platform/src.',
         ":3: <saddle/base/none.hpp> is no file below platform/include."]),
    "platform/src/base/macro.cpp": (
        "#include HEADER\n",
        [":1: expected a file name in <> or quotes after #include, found HEADER."]),
    "plugins/losses/own/own.cpp": (
        '#include <saddle/saddle.hpp>\n\n#include "own.hpp"\n\n#include <fcntl.h>\n\n'
        "#include <xtensor/xarray.hpp>\n",
        [f':3: {PLUGIN}, not "own.hpp".', f":5: {PLUGIN}, not <fcntl.h>.",
         f":7: {PLUGIN}, not <xtensor/xarray.hpp>."]),
    "platform/src/experiment/unknown.cpp": (
        "#include <zmq.h>\n",
        [":1: <zmq.h> is neither standard nor of a library in house_rules.py."]),
    "platform/src/base/order.hpp": ("#pragma once\n", []),
    "platform/src/base/order.cpp": (
        '#include "base/hash.hpp"\n\n#include "base/order.hpp"\n\n#include <vector>\n\n'
        "#include <saddle/base/error.hpp>\n",
        [f':3: "base/order.hpp" stands too late: {ORDER}',
         f":7: <saddle/base/error.hpp> stands too late: {ORDER}"]),
    "platform/src/base/random.cpp": (
        "#include <cmath>\n\n#include <Random123/philox.h>\n",
        [f":3: <Random123/philox.h> stands too late: {ORDER}"]),
    "platform/src/base/long.cpp": ("\n".join(["int a;"] * 301) + "\n",
                                   [":301: 301 lines; a file has at most 300."]),
    "tools/long": ("\n" * 301, [":301: 301 lines; a file has at most 300."]),
    "tests/base/format_test.cpp": (
        "int a;\nint  b;\nint  c;\n",
        [":2: clang-format would change this line; run clang-format -i."]),
}

# One header of each library, at a place that is not its door.
ELSEWHERE = {
    "boost/core/demangle.hpp": ("Boost.Core", "plugin/library.cpp"),
    "boost/dll/shared_library.hpp": ("Boost.DLL", "plugin/library.cpp"),
    "boost/math/special_functions/digamma.hpp": ("Boost.Math", "info/"),
    "CLI/CLI.hpp": ("CLI11", "cli/"),
    "hdf5.h": ("HDF5", "io/"),
    "H5Ipublic.h": ("HDF5", "io/"),
    "png.h": ("libpng", "io/"),
    "nlohmann/json.hpp": ("nlohmann-json", "base/json.hpp and base/json.cpp and cli/"),
    "oneapi/dnnl/dnnl.h": ("oneDNN", "tensor/"),
    "cblas.h": ("OpenBLAS", "tensor/"),
    "omp.h": ("OpenMP", "tensor/"),
    "openssl/evp.h": ("OpenSSL", "base/hash.cpp"),
    "Random123/philox.h": ("Random123", "base/random.cpp"),
    "spdlog/spdlog.h": ("spdlog", "base/log.cpp"),
    "fmt/format.h": ("spdlog", "base/log.cpp"),
    "xsimd/xsimd.hpp": ("xsimd", "base/vectors.hpp"),
    "xxhash.h": ("xxHash", "base/digest.cpp"),
    "xtensor/xarray.hpp": ("xtensor", "tensor/"),
    "xtensor-blas/xblas.hpp": ("xtensor-blas", "tensor/"),
    "yaml-cpp/yaml.h": ("yaml-cpp", "experiment/yaml.cpp"),
    "zlib.h": ("zlib", "io/"),
}


def write(root, tree):
    for path, text in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def elsewhere():
    for number, (header, (library, door)) in enumerate(ELSEWHERE.items()):
        yield (f"platform/src/nn/elsewhere{number}.cpp", f"#include <{header}>\n",
               [f":1: <{header}> belongs to {library}, whose door is {door}."])


def run(violations, script):
    source = pathlib.Path(script).resolve().parents[2]
    broken = [(path, text, messages) for path, (text, messages) in VIOLATIONS.items()]
    broken += list(elsewhere())
    expected = sorted(path + message for path, _, messages in broken for message in messages)
    with tempfile.TemporaryDirectory(prefix="saddle-house-") as folder:
        root = pathlib.Path(folder)
        shutil.copy(source / ".clang-format", root)
        write(root, CLEAN)
        clean = violations(root)
        clean_code = subprocess.run([sys.executable, "-B", script, folder], capture_output=True,
                                    check=False).returncode
        write(root, {path: text for path, text, _ in broken})
        found = sorted(violations(root))
        broken_code = subprocess.run([sys.executable, "-B", script, folder], capture_output=True,
                                     check=False).returncode
    tried = {library for library, _ in ELSEWHERE.values()}
    untried = {library for library, _, _ in house_rules.DOORS} - tried
    for title, lines in (("Without a row in ELSEWHERE", sorted(untried)),
                         ("The clean tree has", clean),
                         ("Not reported", [line for line in expected if line not in found]),
                         ("Wrongly reported", [line for line in found if line not in expected])):
        for line in lines:
            print(f"{title}: {line}")
    if (clean_code, broken_code) != (0, 1):
        print(f"Exit codes {clean_code} and {broken_code}, expected 0 and 1.")
    good = not untried and not clean and found == expected and (clean_code, broken_code) == (0, 1)
    verdict = "all as expected" if good else "FAILED"
    print(f"{len(expected)} violations in {len(broken)} files: {verdict}")
    return 0 if good else 1
