"""Which language a document and its passages are in, when word processors mark them carelessly."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ess_access.readers._html_page import language_tag
from ess_access.readers._runs import Run

__all__ = ["guess", "settled_language", "tag_of", "without_noise"]

_WORD = re.compile(r"[^\W\d_]+")
_MINIMUM_WORDS = 3  # « a change of language under three words is noise »: what Word leaves
_SAMPLE_CHARACTERS = 60_000


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    path = files("ess_access.readers") / "data" / "function_words.toml"
    found = tomllib.loads(path.read_text("utf-8"))
    return MappingProxyType({lang: frozenset(words) for lang, words in found.items()})


@cache
def tag_of(declared: str) -> str:
    """Bring a declared language to BCP 47, ``""`` for none."""
    return language_tag(declared)


def _primary(tag: str) -> str:
    return tag.partition("-")[0]


def guess(text: str, least: int = 6) -> str:
    """Name the language of running text by its function words; ``""`` where they do not tell.

    ``least`` is how many of them must be there. The winner needs twice the next one's.
    """
    words = Counter(word.casefold() for word in _WORD.findall(text[:_SAMPLE_CHARACTERS]))
    scores = sorted(
        ((sum(words[word] for word in listed), lang) for lang, listed in _function_words().items()),
        reverse=True,
    )
    (best, lang), (second, _) = scores[0], scores[1]
    return lang if best >= least and best >= 2 * second else ""


def settled_language(declared: str, text: str, *, is_explicit: bool, fallback: str) -> str:
    """Decide on the document's language: what it declares, unless its words say otherwise.

    ``is_explicit=False`` for a default that the author never chose (the template's): it is believed
    only where the words agree.
    """
    by_words = guess(text, 12 if is_explicit else 3)
    if by_words and by_words != _primary(declared):
        return by_words
    # « en-US » is what the templates of every library say; other defaults were somebody's.
    is_template = not is_explicit and declared == "en-US"
    return declared if declared and (by_words or not is_template) else fallback


def without_noise(runs: Sequence[Run], lang: str, least: int = _MINIMUM_WORDS) -> tuple[Run, ...]:
    """Take out the languages of passages too short to be meant, or that are in ``lang`` after all.

    ``least`` is the number of words from which a change of language counts.
    """
    if not any(run.look.lang for run in runs):
        return tuple(runs)
    settled: list[Run] = []
    for passage in _passages(runs):
        tag = passage[0].look.lang
        if tag and not _is_meant(passage, tag, lang, least):
            settled.extend(replace(run, look=replace(run.look, lang="")) for run in passage)
        else:
            settled.extend(passage)
    return tuple(settled)


def _passages(runs: Iterable[Run]) -> list[list[Run]]:
    found: list[list[Run]] = []
    for run in runs:
        text = _text(run)
        if found and (run.look.lang == found[-1][0].look.lang or not text.strip()):
            lang = found[-1][0].look.lang
            found[-1].append(replace(run, look=replace(run.look, lang=lang)))
        else:
            found.append([run])
    return found


def _text(run: Run) -> str:
    from ess_access.document.nodes import Text

    return run.node.text if isinstance(run.node, Text) else ""


def _is_meant(passage: Sequence[Run], tag: str, lang: str, least: int) -> bool:
    if _primary(tag) == _primary(lang):
        return False
    text = "".join(_text(run) for run in passage)
    if len(_WORD.findall(text)) < least:
        return False
    return guess(text, 2) != _primary(lang)
