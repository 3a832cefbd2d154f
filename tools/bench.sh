#!/bin/sh
# Run every benchmark; each compares ess-access with its peers in one run and prints ratios.
set -eu
cd "$(dirname "$0")/.."
for bench in bench/bench_*.py; do
  printf '\n== %s\n' "$bench"
  .venv/bin/python "$bench"
done
