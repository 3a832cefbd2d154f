"""The text of a new ``ess-access.toml``: every option with its meaning, all commented out."""

import dataclasses
import json
import textwrap
from collections.abc import Iterator
from typing import Any

from ess_access.api.options import option_doc
from ess_access.api.plugins import BACKENDS, load, names
from ess_access.api.reader import Limits
from ess_access.locale import Catalogue

__all__ = ["described_options", "option_help", "template"]


def template(catalogue: Catalogue) -> str:
    """Write the file in the catalogue's language; as it stands it changes nothing."""
    return "\n".join(_lines(catalogue)) + "\n"


def _lines(catalogue: Catalogue) -> Iterator[str]:
    yield from _comment(catalogue.text("template-head"))
    yield ""
    yield from _comment(catalogue.text("template-formats"))
    yield f"# formats = {json.dumps(list(names(BACKENDS)))}"
    yield ""
    yield from _comment(catalogue.text("template-lexicon-files"))
    yield "# lexicon_files = []"
    yield ""
    yield "[meta]"
    yield from _comment(catalogue.text("template-meta"))
    yield '# title = "…"'
    yield '# lang = "fr"'
    yield '# authors = ["…"]'
    yield '# published = "2026-01-31"'
    for name in names(BACKENDS):
        yield ""
        yield f"[{name}]"
        for field in dataclasses.fields(load(BACKENDS, name).options):
            if field.name == "lexicon":
                continue  # it has a table of its own, below
            yield from _comment(option_help(field, catalogue))
            yield f"# {field.name} = {_toml(field.default)}"
    yield ""
    yield from _comment(catalogue.text("template-lexicon"))
    yield "[lexicon]"
    yield '# "CPAM" = "caisse primaire d’assurance maladie"'
    yield ""
    yield "[cache]"
    yield from _comment(catalogue.text("template-cache"))
    yield "# max_size_mb = 5000"
    yield ""
    yield "[limits]"
    yield from _comment(catalogue.text("template-limits"))
    for field in dataclasses.fields(Limits):
        yield from _comment(catalogue.text(f"limits.{field.name}"))
        yield f"# {field.name} = {_toml(field.default)}"
    yield ""
    yield from _comment(catalogue.text("template-for"))
    yield "# [[for]]"
    yield '# match = "guides/*.md"'
    yield '# formats = ["audio"]'
    yield "# audio.rate = 0.9"


def described_options(
    name: str, backend: Any, catalogue: Catalogue
) -> Iterator[tuple[str, str, str]]:
    """Yield each option of a backend: its key, its default as TOML, what it is for."""
    for field in dataclasses.fields(backend.options):
        yield f"{name}.{field.name}", _toml(field.default), option_help(field, catalogue)


def option_help(field: "dataclasses.Field[Any]", catalogue: Catalogue) -> str:
    """Give an option's documentation; a plug-in without a catalogue wrote the sentence itself."""
    doc = option_doc(field)
    return catalogue.text(doc) if catalogue.knows(doc) else doc


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, 96, break_long_words=False, break_on_hyphens=False):
        yield f"# {line}"


def _toml(value: Any) -> str:
    """Write a default as TOML; JSON is TOML for strings, numbers, booleans and lists of them."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
