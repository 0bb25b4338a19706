#!/usr/bin/env bash
# fetch.sh SET MIRROR...: fetches the files that SET.sha256 names, each as <name>.gz, into the folder
# SET beside this script. The sums are of the uncompressed content, since mirrors compress anew.
# Files that are there and sound are kept; a file appears under its name only once it is checked.
set -euo pipefail
cd "$(dirname "$0")"
set_name=$1
shift
[ -n "${SADDLE_MIRROR:-}" ] && set -- "$SADDLE_MIRROR"

mkdir -p "$set_name"
part=$(mktemp "$set_name/.part.XXXXXX")
trap 'rm -f "$part"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { echo "$set_name: $*" >&2; }

download() {  # URL: writes to $part
  if command -v curl >/dev/null; then
    curl --fail --silent --show-error --location --connect-timeout 20 --speed-time 60 \
      --speed-limit 100 --output "$part" "$1"
  elif command -v python3 >/dev/null; then
    python3 - "$1" "$part" <<'PYTHON'
import shutil, sys, urllib.request
try:
    with urllib.request.urlopen(sys.argv[1], timeout=60) as source, open(sys.argv[2], "wb") as part:
        shutil.copyfileobj(source, part)
except OSError as error:
    sys.exit(f"{sys.argv[1]}: {error}")
PYTHON
  else
    say "needs curl or python3; install one of them."
    exit 2
  fi
}

is_sound() {  # FILE SUM
  local found
  found=$(gzip -dc "$1" 2>/dev/null | sha256sum) && [ "${found%% *}" = "$2" ]
}

fetch() {  # NAME SUM MIRROR...
  local name=$1 sum=$2 mirror
  local file=$set_name/$name.gz
  shift 2
  if [ -f "$file" ]; then
    is_sound "$file" "$sum" && return 0
    say "$name.gz is damaged; fetching it anew."
  fi
  for mirror in "$@"; do
    say "fetching $mirror/$name.gz"
    download "$mirror/$name.gz" || continue
    if is_sound "$part" "$sum"; then
      chmod 644 "$part"
      mv "$part" "$file"
      return 0
    fi
    say "$mirror/$name.gz is not the file that was expected (its sha256 differs)."
  done
  return 1
}

missing=()
while read -r sum name; do
  fetch "$name" "$sum" "$@" </dev/null || missing+=("$name.gz")
done <"$set_name.sha256"

if [ ${#missing[@]} -gt 0 ]; then
  say "could not be fetched: ${missing[*]}."
  say "Try again later, set SADDLE_MIRROR=URL to a folder that holds these files, or put them into" \
    "$PWD/$set_name yourself."
  exit 1
fi
echo "$set_name: complete in $PWD/$set_name"
