"""The two catalogues say the same things, and say all that the code asks of them."""

import ast
import gettext
import io
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import ess_access
from ess_access import errors
from ess_access.locale import DOMAIN, FOLDER, LANGUAGES

SOURCE = Path(ess_access.__file__).parent
ERRORS = frozenset(errors.__all__)
CODE = re.compile(r"[A-Z]{2,4}-\d{3}")


@dataclass(frozen=True, slots=True)
class Use:
    """A key that the code asks for; ``params`` is ``None`` where a test cannot see them."""

    key: str
    params: frozenset[str] | None
    where: str


def po(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def messages(language: str) -> Catalog:
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


@cache
def sentences(language: str) -> Mapping[str, tuple[str, ...]]:
    """Map each key to its sentences: one, or one for each plural form."""
    found: dict[str, tuple[str, ...]] = {}
    for message in messages(language):
        key = message.id[0] if isinstance(message.id, list | tuple) else message.id
        if key:
            said = message.string
            found[key] = tuple(said) if isinstance(said, list | tuple) else (str(said),)
    return found


def braces(template: str, language: str = "") -> frozenset[str]:
    """Name what a sentence is filled with; ``size_fr`` is ``size`` with a decimal comma."""
    names = (name for _, name, _, _ in string.Formatter().parse(template) if name)
    return frozenset(name.removesuffix(language) for name in names)


@cache
def modules(folder: Path = SOURCE) -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.relative_to(folder).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.py"))
    )


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def constant(node: ast.expr | None) -> str | None:
    match node:
        case ast.Constant(str(value)):
            return value
        case _:
            return None


def keywords(node: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in node.keywords]
    return None if None in names else frozenset(name for name in names if name is not None)


def argument(node: ast.Call, place: int, name: str) -> ast.expr | None:
    if len(node.args) > place:
        return node.args[place]
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)


def named(node: ast.expr | None) -> frozenset[str] | None:
    """Give the keys of a dict that is written out; nothing is ``{}``."""
    match node:
        case None:
            return frozenset()
        case ast.Dict(keys) if all(constant(key) is not None for key in keys):
            return frozenset(str(constant(key)) for key in keys)
        case _:
            return None


def use(node: ast.Call, where: str) -> Iterator[Use]:
    """Yield the keys that one call asks for."""
    name = called(node)
    if name in ERRORS:
        key, params = constant(argument(node, 0, "key")), keywords(node)
    elif name == "Finding":
        key, params = constant(argument(node, 0, "code")), named(argument(node, 2, "params"))
    elif name == "Missing":
        key, params = constant(argument(node, 1, "key")), named(argument(node, 4, "params"))
    elif name == "option" and any(keyword.arg == "doc" for keyword in node.keywords):
        key, params = constant(argument(node, 1, "doc")), frozenset()
    else:
        return
    if key is not None:
        yield Use(key, params, where)


@cache
def uses() -> tuple[Use, ...]:
    return tuple(
        found
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        for found in use(node, f"{name}:{node.lineno}")
    )


@cache
def written(folder: Path = SOURCE) -> frozenset[str]:
    """Give every string of the code; the beginnings of f-strings end with ``…``."""
    found: set[str] = set()
    for _, module in modules(folder):
        for node in ast.walk(module):
            if isinstance(node, ast.JoinedStr) and (start := constant(node.values[0])):
                found.add(f"{start}…")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


def test_both_catalogues_have_the_same_keys() -> None:
    french, english = (set(sentences(language)) for language in ("fr", "en"))
    assert french == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language: str) -> None:
    keys = re.findall(r'^msgid "(.+)"$', po(language).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_its_sentence_and_none_is_doubtful(language: str) -> None:
    empty = [key for key, said in sentences(language).items() if not all(said)]
    fuzzy = [message.id for message in messages(language) if message.id and message.fuzzy]
    assert (empty, fuzzy) == ([], [])


def test_both_languages_fill_the_same_braces() -> None:
    differ = {
        key: (french, english)
        for key in sentences("fr").keys() & sentences("en").keys()
        if (french := braces("".join(sentences("fr")[key]), "_fr"))
        != (english := braces("".join(sentences("en")[key]), "_en"))
    }
    assert differ == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, messages(language))
    fresh.seek(0)
    compiled = po(language).with_suffix(".mo")
    with compiled.open("rb") as file:
        committed = vars(gettext.GNUTranslations(file))["_catalog"]
    made = vars(gettext.GNUTranslations(fresh))["_catalog"]
    del committed[""], made[""]  # the header's dates
    assert committed == made, "run `make messages`"


def test_the_catalogues_know_every_key_that_the_code_asks_for() -> None:
    known = sentences("fr").keys() & sentences("en").keys()
    unknown = sorted(f"{found.where} {found.key}" for found in uses() if found.key not in known)
    assert unknown == []


def test_the_catalogues_know_every_finding_code_that_stands_in_the_code() -> None:
    codes = {words for words in written() if CODE.fullmatch(words)}
    assert codes
    assert codes <= sentences("fr").keys() & sentences("en").keys()


def test_the_code_fills_every_brace_of_the_sentences_it_asks_for() -> None:
    unfilled = sorted(
        f"{found.where} {found.key}: {', '.join(sorted(lacking))}"
        for found in uses()
        if found.params is not None
        and (lacking := braces("".join(sentences("fr").get(found.key, ()))) - found.params)
    )
    assert unfilled == []


def test_every_sentence_is_asked_for_by_our_code_or_by_click() -> None:
    whole = {words for words in written() if not words.endswith("…")}
    whole |= written(Path(click.__file__).parent)
    beginnings = tuple(words[:-1] for words in written() if words.endswith("…") and len(words) > 3)
    idle = sorted(
        key for key in sentences("fr") if key not in whole and not key.startswith(beginnings)
    )
    assert idle == []


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("a plain space before a high mark", r" [;?!»]| :(?: |$)"),
        ("a plain space after an opening guillemet", r"« "),
        ("a straight apostrophe", r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ{«])"),
        ("three full stops", r"(?<![.\]])\.\.\.(?!\.)"),
        ("a plural in brackets", r"\((?:s|e|es|x)\)"),
    ],
)
def test_french_sentences_are_typographically_right(fault: str, pattern: str) -> None:
    faulty = sorted(
        f"{key}: {said}"
        for key, forms in sentences("fr").items()
        for said in forms
        if re.search(pattern, said)
    )
    assert faulty == [], fault
