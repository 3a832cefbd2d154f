#!/bin/sh
# Everything that must be true before a change lands: one command, the first fault stops it.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
step() { printf '\n== %s\n' "$1"; }
step "ruff"
$bin/ruff check .
$bin/ruff format --check .
step "mypy --strict"
$bin/mypy
step "import-linter"
$bin/lint-imports --no-cache
step "tests, branch coverage"
rm -f .coverage .coverage.*
$bin/python -m pytest -n auto --cov --cov-report=term:skip-covered
