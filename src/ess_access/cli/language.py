"""The language of a session: French or English, by the locale."""

import gettext
import os
from collections.abc import Mapping
from functools import cache

from ess_access.locale import DOMAIN, FOLDER, LANGUAGES, Catalogue, catalogue

__all__ = ["language_of", "messages", "speak_to_click"]


def language_of(variables: Mapping[str, str]) -> str:
    """Choose by LANGUAGE, LC_ALL, LC_MESSAGES, LANG, as gettext does.

    A locale that names no language (C, POSIX, none) is that of a build machine: it gets French, the
    language of the documents. Any language but French gets English.
    """
    for code in variables.get("LANGUAGE", "").split(":"):
        if _primary(code) in LANGUAGES:
            return _primary(code)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name, ""):
            primary = _primary(value)
            return "fr" if primary in ("fr", "c", "posix") else "en"
    return "fr"


def _primary(code: str) -> str:
    return code.partition(".")[0].partition("@")[0].partition("_")[0].lower()


_opened = cache(catalogue)


def messages() -> Catalogue:
    """Give the catalogue of the session's language."""
    return _opened(language_of(os.environ))


def speak_to_click() -> None:
    """Let Click say its own words in the session's language: it asks gettext, which asks here."""
    os.environ["LANGUAGE"] = language_of(os.environ)
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
