#!/bin/sh
# Writes requirements/*.lock from pyproject.toml, with hashes, for every platform: tools/lock.sh
# Needs uv, which only maintainers need: everybody else installs the locks with pip.
# UPGRADE=1 takes the newest versions, otherwise what is locked stays where it may.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "make lock needs uv; nothing else does." >&2; exit 1; }

compile() {
    output="requirements/$1.lock"
    shift
    UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml "$@" \
        ${UPGRADE:+--upgrade} --quiet --generate-hashes --universal --python-version 3.11 \
        --no-emit-index-url --output-file "$output" >/dev/null
}

# The larger one first, and it constrains the others: one version of a package in all three.
compile dev --extra dev
compile run --constraint requirements/dev.lock
compile bench --extra bench --constraint requirements/dev.lock
