# Sourced by the other tools: installs the Debian packages that are missing, and says which.
build_packages=(g++ cmake ninja-build ccache pkg-config libboost-dev libyaml-cpp-dev libhdf5-dev
  libxtensor-dev libxtensor-blas-dev libxsimd-dev libopenblas-dev libspdlog-dev libfmt-dev libdnnl-dev
  librandom123-dev libcli11-dev nlohmann-json3-dev libssl-dev zlib1g-dev libpng-dev libxxhash-dev catch2)
python_packages=(python3-numpy python3-h5py python3-matplotlib)
test_packages=("${python_packages[@]}" python3-jsonschema python3-yaml python3-xarray
  python3-h5netcdf python3-netcdf4 hdf5-tools binutils clang-format groff-base)
bench_packages=(python3-torch libopenblas0-pthread libopenblas0-openmp)
fuzz_packages=(clang libclang-rt-dev libomp-dev llvm python3)  # libclang-rt-dev: libFuzzer, sanitizers

need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "These packages are missing and this is no Debian system: ${missing[*]}" >&2
    exit 2
  fi
  echo "Installing: ${missing[*]}" >&2
  local sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  { $sudo apt-get update &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
  } >"${TMPDIR:-/tmp}/saddle-packages.log" 2>&1 || {
    tail -n 20 "${TMPDIR:-/tmp}/saddle-packages.log" >&2
    echo "The packages could not be installed." >&2
    exit 2
  }
}
