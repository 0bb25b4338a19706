"""The rules of the house as tables: floors, doors, and what counts as standard."""

# From the ground up. A file may include its own floor and those below; floors in one line stand
# side by side and may not include each other.
FLOORS = [
    ["base"],
    ["io"],
    ["tensor"],
    ["autograd", "info"],
    ["nn"],
    ["optim"],
    ["bounds"],
    ["plugin"],
    ["experiment"],
    ["report"],
    ["cli"],
]

# SDK headers that stand on no floor's folder: made by the build, and the one that holds all others.
GENERATED = {"saddle/build_id.hpp": "base"}
UMBRELLA = "saddle/saddle.hpp"

# Third-party library, its headers, and its door: the folders ("io/") and files that may include it,
# below platform/src or platform/include/saddle.
DOORS = [
    ("Boost.Core", ["boost/core/*"], ["plugin/library.cpp"]),
    ("Boost.DLL", ["boost/dll*"], ["plugin/library.cpp"]),
    ("Boost.Math", ["boost/math/*"], ["info/"]),
    ("CLI11", ["CLI/*"], ["cli/"]),
    ("HDF5", ["hdf5*.h", "H5*.h"], ["io/"]),
    ("libpng", ["png.h"], ["io/"]),
    ("nlohmann-json", ["nlohmann/*"], ["base/json.hpp", "base/json.cpp", "cli/"]),
    ("oneDNN", ["oneapi/dnnl/*", "dnnl*"], ["tensor/"]),
    ("OpenBLAS", ["cblas.h", "openblas/*"], ["tensor/"]),
    ("OpenMP", ["omp.h"], ["tensor/"]),
    ("OpenSSL", ["openssl/*"], ["base/hash.cpp"]),
    ("Random123", ["Random123/*"], ["base/random.cpp"]),
    ("spdlog", ["spdlog/*", "fmt/*"], ["base/log.cpp"]),
    ("xxHash", ["xxhash.h"], ["base/digest.cpp"]),
    ("xsimd", ["xsimd/*"], ["base/vectors.hpp"]),
    ("xtensor", ["xtensor/*"], ["tensor/"]),
    ("xtensor-blas", ["xtensor-blas/*"], ["tensor/"]),
    ("yaml-cpp", ["yaml-cpp/*"], ["experiment/yaml.cpp"]),
    ("zlib", ["zlib.h"], ["io/"]),
]

# C++17, without the C headers that have a <c...> form.
STANDARD = set(
    """algorithm any array atomic bitset cassert cctype cerrno cfenv cfloat charconv chrono
    cinttypes climits clocale cmath codecvt complex condition_variable csetjmp csignal cstdarg
    cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution
    filesystem forward_list fstream functional future initializer_list iomanip ios iosfwd
    iostream istream iterator limits list locale map memory memory_resource mutex new numeric
    optional ostream queue random ratio regex scoped_allocator set shared_mutex sstream stack
    stdexcept streambuf string string_view system_error thread tuple type_traits typeindex
    typeinfo unordered_map unordered_set utility valarray variant vector""".split()
)

# The operating system's; the platform may use them, a plugin may not.
SYSTEM = [
    "cxxabi.h", "dlfcn.h", "elf.h", "fcntl.h", "link.h", "poll.h", "pthread.h", "sched.h",
    "signal.h", "spawn.h", "sys/*.h", "termios.h", "unistd.h",
]

MOST_LINES = 300
