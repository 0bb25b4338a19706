#!/usr/bin/env bash
# Fetches Fashion-MNIST into data/fashion-mnist. SADDLE_MIRROR=URL replaces the mirrors.
set -euo pipefail
# The first serves plain http only; the sums make that safe.
exec "$(dirname "$0")/fetch.sh" fashion-mnist \
  http://fashion-mnist.s3-website.eu-central-1.amazonaws.com \
  https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion
