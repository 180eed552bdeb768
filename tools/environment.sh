#!/bin/sh
# Makes or refreshes .venv from a hashed lock: tools/environment.sh run|dev|bench
#
# A stamp inside .venv keeps the checksum of everything that the environment was made from, so a
# second start costs milliseconds, and a changed lock (by content, not by time stamp) installs again.
# Installing a smaller lock over a larger one removes nothing.
set -eu
cd "$(dirname "$0")/.."
wanted="${1:?which lock: run, dev or bench}"

find_python() {
    for candidate in "${PYTHON:-}" python3.11 python3 python3.12 python3.13 python3.14; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Placet needs Python 3.11 or newer; none was found on the path." >&2
    echo "Install it, or name it: make PYTHON=/path/to/python3.11 demo" >&2
    exit 1
}

# The folder is part of the signature: an environment that was moved no longer works.
signature() {
    pwd
    cksum "requirements/$1.lock" pyproject.toml
}

is_current() {
    [ -f ".venv/placet-$1.stamp" ] && [ "$(cat ".venv/placet-$1.stamp")" = "$(signature "$1")" ] \
        && .venv/bin/python -c '' 2>/dev/null
}

is_current "$wanted" && exit 0
# The development lock holds everything that running needs (tests/house/test_locks.py).
if [ "$wanted" = run ] && is_current dev; then
    exit 0
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python="$(find_python)"
    echo "Making .venv with $("$python" --version) ..."
    if ! "$python" -m venv --clear .venv; then
        echo "On Debian and Ubuntu, the module venv is the package python3-venv." >&2
        exit 1
    fi
fi
echo "Installing requirements/$wanted.lock (only when it changed) ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --require-hashes -r "requirements/$wanted.lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --no-deps --no-build-isolation -e .
signature "$wanted" > ".venv/placet-$wanted.stamp"
