"""Words known one by one are what liblouis makes of the whole text."""

import gzip
import html
import random
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.backends.braille.cells import UNDEFINED
from ess_access.backends.braille.known import KnownWords
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, liblouis
from ess_access.backends.braille.reach import ANYWHERE, Reach, read_reach

FOLDERS = ("/usr/share/doc", "/usr/share/debian-reference", "/usr/share/gimp/2.0/help/fr")
WORDS = "par exemple Par conséquent peu à près PAR tout coup d'autre part chose, (par) L'A B.C. « »"


def reach_of(folder: Path, *lines: str) -> Reach:
    path = folder / "table.utb"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_reach([str(path)], lambda name, _: Path(name))


def test_the_table_of_uncontracted_braille_reaches_over_no_blank() -> None:
    reach = liblouis().reach(UNCONTRACTED)

    assert reach.is_known
    assert not reach.next_beginnings("par")
    assert "0" in reach.next_beginnings("12")


def test_rules_of_several_words_are_read_from_the_table(tmp_path: Path) -> None:
    reach = reach_of(
        tmp_path,
        "# a table",
        r"noback before punctuation word peu\sà\speu 1-2",
        r"nofor word x\sy 1",
    )

    assert reach.pairs == (("peu", "à"), ("à", "peu"))
    assert reach.next_beginnings("Peu") == ("à",)
    assert reach.next_beginnings("x") == ()


@pytest.mark.parametrize(
    "line",
    [
        "noback pass2 @256b ?",
        'correct $s["-"]$l "-"',
        "largesign la 123",
        "begcapsphrase 25-46",
        "base uppercase Q z",
        r"noletsignbefore \s",
        r"endnum \se 15",
        "include itself-is-not-there.utb",
    ],
)
def test_a_table_with_rules_of_unknown_reach_reaches_anywhere(tmp_path: Path, line: str) -> None:
    assert reach_of(tmp_path, "always a 1", line) == ANYWHERE


def test_a_table_that_is_not_found_reaches_anywhere() -> None:
    assert read_reach(["nowhere.utb"], lambda _name, _base: None) == ANYWHERE


@pytest.fixture
def joining(tmp_path: Path) -> str:
    """Give a table of uncontracted Braille with contractions over blanks."""
    path = tmp_path / "joining.utb"
    rules = (r"word par\sexemple 1-2", r"word peu\sà\speu 3-4", r"always tre\schose 5-6")
    path.write_text("\n".join((f"include {UNCONTRACTED}", *rules, "")), encoding="utf-8")
    return str(path)


def test_words_that_a_rule_joins_are_read_together(joining: str) -> None:
    known = KnownWords(liblouis(), joining)

    for text in ("Il va, par exemple, peu à peu", "par", "exemple par exemple", "autre choses"):
        assert known.cells(text) == liblouis().translate(text, joining)
    assert "\u2800" not in known.cells("par exemple")


@given(st.lists(st.sampled_from(WORDS.split(" ")) | st.text("aàPé'-.,!?()", max_size=6)))
@settings(max_examples=150, deadline=None)
def test_any_words_are_what_the_whole_is(words: list[str]) -> None:
    text = " ".join(word for word in words if word)
    for table in (UNCONTRACTED, CONTRACTED):
        assert KnownWords(liblouis(), table).cells(text) == liblouis().translate(text, table)


def test_the_words_kept_are_bounded_and_stay_right(joining: str) -> None:
    known = KnownWords(liblouis(), joining, most=20)
    for number in range(60):
        text = f"par exemple {'abcdefghij'[number % 10]}{'klmnopqrstuv'[number % 12]} peu à peu"

        assert known.cells(text) == liblouis().translate(text, joining)
        assert len(known) <= 20


def test_four_threads_read_the_same_words(joining: str) -> None:
    known = KnownWords(liblouis(), joining, most=40)
    chance = random.Random(1)
    vocabulary = [*WORDS.split(" "), *("".join(chance.choices("abeils", k=5)) for _ in range(80))]
    texts = [" ".join(chance.choices(vocabulary, k=8)) for _ in range(200)]
    wanted = [liblouis().translate(text, joining) for text in texts]

    def work(_: int) -> bool:
        return all(
            known.cells(text) == cells
            for _ in range(20)
            for text, cells in zip(texts, wanted, strict=True)
        )

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(4)))


@pytest.mark.e2e
@pytest.mark.oracle
def test_five_megabytes_of_french_are_the_same_word_by_word() -> None:
    known, louis = KnownWords(liblouis(), UNCONTRACTED), liblouis()
    total, wrong = 0, []
    for text in _paragraphs():
        plain = " ".join(word for word in text.split() if not re.search(r"\d", word))
        whole = louis.translate(plain, UNCONTRACTED)
        if UNDEFINED in whole:
            continue
        total += len(plain)
        if known.cells(plain) != whole:
            wrong.append(plain)
        if total > 5_000_000:
            break
    if total < 5_000_000:
        pytest.skip("too little French: apt-get install gimp-help-fr debian-reference-fr")

    assert not wrong


def _paragraphs() -> list[str]:
    found: dict[str, None] = {}
    for path in sorted(Path("/usr/share/man/fr").rglob("*.gz")):
        found |= dict.fromkeys(
            gzip.decompress(path.read_bytes()).decode(errors="replace").split("\n")
        )
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*.html")):
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            if "/fr/" in str(path) or 'lang="fr"' in text[:2000]:
                found |= dict.fromkeys(html.unescape(re.sub("<[^>]*>", "", text)).split("\n"))
    return [text for text in found if text.strip()]
