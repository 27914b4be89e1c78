#!/bin/sh
# Installs Mulin into .venv of this checkout: `sh tools/install.sh run|test`.
# Python and git must be there already; where one is missing, one plain line says what to install.
set -eu
cd "$(dirname "$0")/.."
level=$1
[ -e .venv/ready-test ] && level=test # a developer's venv keeps what testing needs

missing() { # WHAT, Debian's package, Fedora's, Homebrew's
  sudo=$([ "$(id -u)" = 0 ] || echo "sudo ")
  if command -v apt-get >/dev/null 2>&1; then how="${sudo}apt install $2"
  elif command -v dnf >/dev/null 2>&1; then how="${sudo}dnf install $3"
  elif command -v brew >/dev/null 2>&1; then how="brew install $4"
  elif [ "$(uname)" = Darwin ]; then how="see brew.sh, then brew install $4"
  else how="with your system's package manager"
  fi
  echo "Mulin needs $1. Install it: $how" >&2
  exit 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
makes_venvs() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# The system's own comes first: distributions build it with optimisations that version managers mostly leave out, and
# everything here takes half as long again without them. PYTHON=… chooses another.
pythons="${PYTHON:-} /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11"
find_python() { # TESTS...: the first that passes them all
  for name in $pythons; do
    for test in "$@"; do "$test" "$name" || continue 2; done
    echo "$name" && return
  done
}

python=$(find_python new_enough makes_venvs || true)
if [ -z "$python" ]; then
  python=$(find_python new_enough || true)
  [ -n "$python" ] || missing "Python 3.11 or newer" python3 python3 python@3.13
  missing "Python's venv module" "$(basename "$python")-venv" python3-libs python@3.13
fi
command -v git >/dev/null 2>&1 || missing "git" git git git

echo "Installing into .venv ..."
.venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt

# uv does not read pip's settings: whoever told pip of a nearer mirror means it for us, too.
mirror=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
[ -z "$mirror" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$mirror}"

uv() { .venv/bin/uv pip "$@" --quiet --python .venv/bin/python; }
set -- requirements/base.txt requirements/build.txt
[ "$level" = run ] || set -- "$@" requirements/test.txt
uv sync --require-hashes "$@"
uv install --no-deps --no-build-isolation --editable .

touch .venv/ready-run
[ "$level" = run ] || touch .venv/ready-test
