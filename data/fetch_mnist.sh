#!/usr/bin/env bash
# Fetches MNIST into data/mnist. SADDLE_MIRROR=URL replaces the mirrors.
set -euo pipefail
exec "$(dirname "$0")/fetch.sh" mnist \
  https://ossci-datasets.s3.amazonaws.com/mnist \
  https://storage.googleapis.com/cvdf-datasets/mnist
