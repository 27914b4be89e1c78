#!/bin/sh
# Pins every requirement with its hashes, for Python 3.11 to 3.14 on Linux and macOS: `sh tools/lock.sh [--upgrade]`.
set -eu
cd "$(dirname "$0")/../requirements"

compile() { # NAME [FILE whose pins hold here too]...
  name=$1
  shift
  ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header $options "$@" "$name.in" --output-file "$name.txt"
}

options=$*
compile installer
compile base
compile build --constraints base.txt
compile test --constraints base.txt --constraints build.txt
