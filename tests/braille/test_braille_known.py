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

from ess_access.backends.braille import unknown
from ess_access.backends.braille.cells import UNDEFINED
from ess_access.backends.braille.fill import Run, usual_rows
from ess_access.backends.braille.known import KnownWords, known_words
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
        'correct $l["-"$s"-"]$l "-"',  # over a blank
        'correct "a"["\\s"] ?',  # the blank goes
        'correct "-"$s. "-"',  # as many blanks as there are
        'correct ["-"]$l ?',  # words are no more what print has
        'correct "to"[]$l "u"',  # the letters of a locution come from elsewhere
        "pass2 $d$s @1",  # the blank after a digit goes
        'context "a"$s @1*',
        "pass2 _1@1 @2",
        "pass2 /@1 @2",
        "pass2 $a@1 ?",
        "pass2 !#1=1@1 @2",
        "pass3 #1=1@1 @2",  # since when?
        "pass3 %stranger@1 @2",
        "pass2 (@1 @2",
        "pass2 @1 {name",
        "pass2 `",
        "swapdd name 1 2",
        "attribute space _",
        "largesign la 123",
        "begcapsphrase 25-46",
        "base uppercase Q z",
        r"noletsignbefore \s",
        r"endnum \se 15",
        "include itself-is-not-there.utb",
    ],
)
def test_a_table_with_rules_of_unknown_reach_reaches_anywhere(tmp_path: Path, line: str) -> None:
    known = ("space \\s 0", "digit 1 1", "word tout\\sun 1-2")

    assert reach_of(tmp_path, *known, line) == ANYWHERE
    assert reach_of(tmp_path, *known).is_known


@pytest.mark.parametrize(
    "line",
    [
        "noback pass2 @256b ?",
        'noback correct $s["-"]$l "`-"',
        'noback correct `"-"$l "`"*',
        'correct $l["-"]$s "+"',
        "pass2 $l[@6]@45 ?",
        "pass2 [@56]@1$s ?",
        "pass2 @12[@36]@3 ?",
        'correct #2=1$l[]$d "`"',
    ],
)
def test_a_multipass_rule_that_stays_by_its_word_leaves_words_known(
    tmp_path: Path, line: str
) -> None:
    reach = reach_of(tmp_path, "space \\s 0", "letter a 1", "digit 1 1", line)

    assert reach.is_known
    assert reach.has_places
    assert "1" in reach.unsure
    assert not reach.cells


def test_a_rule_that_takes_the_next_blank_joins_what_follows(tmp_path: Path) -> None:
    lines = ("space \\s 0", "letter ' 3", "letter q 12345", "attribute apost '")
    known = reach_of(tmp_path, *lines, "pass3 %apost!@56 #3=0*")
    changed = reach_of(tmp_path, *lines, "pass3 %apost!@56 #3=0*", "pass4 [@3]@12345 @2")

    assert known.cells == frozenset("\u2804")
    assert changed == ANYWHERE  # its cell may not be seen in the end


def test_a_variable_written_at_each_blank_stays_within_its_word(tmp_path: Path) -> None:
    lines = ("space \\s 0", "letter ' 3", "sign x 56", "pass3 $s@56 #3=1*", "pass3 #3=1@36[@56] ?")

    assert reach_of(tmp_path, *lines) == ANYWHERE
    assert reach_of(tmp_path, *lines, "pass3 $s!@56 #3=0*").is_known


def test_the_table_of_contracted_braille_is_known_with_its_locutions() -> None:
    reach = liblouis().reach(CONTRACTED)

    assert reach.is_known
    assert reach.has_places
    assert "\u2804" in reach.cells
    assert reach.next_beginnings("Tout") == ("à",)
    assert not reach.next_beginnings("maison")


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


def test_contracted_words_know_where_they_stand() -> None:
    known = KnownWords(liblouis(), CONTRACTED)
    texts = (
        "- tout à coup - par exemple",
        "a",
        "a a a",
        "-t' '-t «» a",
        "peu à peu à peu près",
        "il y a bras\u00a0 -a",
        "l' -a (a) tout à",
        "",
        " a ",
        "a  b",
        "os os",
        "12 3",
    )

    for text in texts * 2:
        assert known.cells(text) == liblouis().translate(text, CONTRACTED)
    assert known.cells("il va tout à coup").count("\u2800") == 2


# What stands about words, and what the passes of contracted Braille are about.
SIGNS = "-'.,;:!?()[]{}«»\"/*+=<>—–…@€%&⣀⠰⠤⠶⠄`°²"


@given(
    st.lists(
        st.sampled_from(WORDS.split(" "))
        | st.text("aeélmqsstzABé" + SIGNS, min_size=1, max_size=6),
        min_size=1,
        max_size=7,
    )
)
@settings(max_examples=300, deadline=None)
def test_contracted_words_with_any_signs_are_what_the_whole_is(words: list[str]) -> None:
    text = " ".join(words)
    whole = liblouis().translate(text, CONTRACTED)

    assert UNDEFINED in whole or known_words(liblouis(), CONTRACTED).cells(text) == whole


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
@pytest.mark.parametrize("table", [UNCONTRACTED, CONTRACTED])
def test_five_megabytes_of_french_are_the_same_word_by_word(table: str) -> None:
    known, louis = KnownWords(liblouis(), table), liblouis()
    total, wrong = 0, []
    for text in _paragraphs():
        plain = " ".join(word for word in text.split() if not re.search(r"\d", word))
        whole = louis.translate(plain, table)
        if UNDEFINED in whole:
            continue
        total += len(plain)
        if known.cells(plain) != whole:
            wrong.append(plain)
        if total > 5_000_000:
            break
    if total < 5_000_000:
        pytest.skip(
            "too little French: apt-get install gimp-help-fr manpages-fr debian-reference-fr"
        )

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


@given(
    st.lists(st.integers(1, 14).map("⠓".__mul__), min_size=1, max_size=30).map("\u2800".join),
    st.integers(6, 12),
    st.integers(0, 20),
)
@settings(max_examples=200, deadline=None)
def test_rows_cut_at_once_are_those_cut_one_by_one(cells: str, room: int, at: int) -> None:
    start = min(at, len(cells))
    start = cells.find("\u2800", start) + 1
    run, one_by_one = Run(cells[start:]), []
    while not run.is_done:
        one_by_one.append(run.take(room, room))
    rows = usual_rows(cells, start, room)

    if all(len(word) <= room for word in cells[start:].split("\u2800")):
        assert rows == one_by_one
    else:
        assert not rows or rows == one_by_one


def test_blanks_that_stand_together_are_left_to_the_run() -> None:
    assert not usual_rows("⠓\u2800\u2800⠓", 0, 10)
    assert not usual_rows("⠓\u2800", 0, 10)


def test_no_rule_is_about_the_characters_that_prose_is_written_with() -> None:
    usual = [char for char in map(chr, range(0x10000)) if not unknown._unusual().search(char)]

    assert len(usual) > 100
    for char in usual:
        for text in (char, f"a{char}1 {char}"):
            met = unknown.Replacements()
            assert unknown.mend_unknown(f"\u200b{text}", met) == text  # by every rule
            assert met == unknown.Replacements()
