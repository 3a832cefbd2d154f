#!/bin/sh
# Set up what ess-access needs: a virtual environment, its packages, and liblouis (by apt).
# `setup.sh run`: to build editions. `setup.sh dev`: to test and check as well.
set -eu
what=${1:-run}
cd "$(dirname "$0")/.."

case ${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-fr}}}} in
  fr* | C* | POSIX* | "") french=1 ;;
  *) french=0 ;;
esac
say() { # say FRENCH ENGLISH
  if [ "$french" = 1 ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi >&2
}
stop() {
  say "$1" "$2"
  exit 5
}

mkdir -p .setup
system=$(uname -s)
root=""
if [ "$(id -u)" != 0 ] && command -v sudo >/dev/null 2>&1; then
  root="sudo"
  [ -t 0 ] || root="sudo -n" # nobody is there to type a password
fi
updated=0
apt_install() { # apt_install PACKAGE...: fails where there is no apt or no right to use it
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || [ -n "$root" ] || return 1
  if [ "$updated" = 0 ]; then
    $root apt-get update -qq >>.setup/setup.log 2>&1 || true
    updated=1
  fi
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
    >>.setup/setup.log 2>&1
}

# --- Python -------------------------------------------------------------------------------
command -v python3 >/dev/null 2>&1 || stop \
  "Python manque. Installez Python 3.11 ou plus récent, puis relancez la même commande." \
  "Python is missing. Install Python 3.11 or later, then run the same command again."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop \
  "$(python3 --version) est trop ancien. Installez Python 3.11 ou plus récent, puis relancez la même commande." \
  "$(python3 --version) is too old. Install Python 3.11 or later, then run the same command again."

# --- Virtual environment ------------------------------------------------------------------
healthy() { .venv/bin/python -m pip --version >/dev/null 2>&1; }
if ! healthy; then
  say "Installation de l’environnement Python…" "Setting up the Python environment…"
  rm -rf .venv
  if ! python3 -m venv .venv >/dev/null 2>&1 || ! healthy; then
    # Debian and Ubuntu put venv's installer in a package of its own.
    rm -rf .venv
    apt_install python3-venv || stop \
      "Le module venv de Python manque. Installez-le (apt install python3-venv), puis relancez la même commande." \
      "Python's venv module is missing. Install it (apt install python3-venv), then run the same command again."
    python3 -m venv .venv
  fi
fi
say "Installation des paquets Python…" "Installing the Python packages…"
case $what in
  dev) packages='.[dev]' ;;
  *) packages='.' ;;
esac
.venv/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 -e "$packages" || stop \
  "Les paquets Python n’ont pas pu être installés. Vérifiez l’accès à Internet, puis relancez la même commande." \
  "The Python packages could not be installed. Check the access to the Internet, then run the same command again."

# As pip does for the others: where PYTHONDONTWRITEBYTECODE is set (many containers), every process
# would translate our modules anew.
.venv/bin/python -m compileall -q src || true # a folder that cannot be written: it is only slower

# --- liblouis -----------------------------------------------------------------------------
if [ "$what" = run ] && ! .venv/bin/python -c 'from ess_access.backends.braille.liblouis import find; find()' \
  >/dev/null 2>&1; then
  case $system in
    Darwin)
      say "Pour le braille, installez liblouis : brew install liblouis. Les autres formats fonctionnent sans lui." \
          "For Braille, install liblouis: brew install liblouis. The other formats work without it."
      ;;
    *)
      say "Installation de liblouis (braille)…" "Installing liblouis (Braille)…"
      apt_install python3-louis || say \
        "liblouis n’a pas pu être installé : il n’y aura pas de braille. Installez-le (sudo apt install python3-louis), puis relancez la même commande." \
        "liblouis could not be installed: there will be no Braille. Install it (sudo apt install python3-louis), then run the same command again."
      ;;
  esac
fi
