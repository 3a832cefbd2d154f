"""Words that stay together at the end of a row, and of a page."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from braille_texts import cells, edition, rows
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.backends.braille.holding import held_cells
from ess_access.document.build import doc, h, p, table
from ess_access.document.nodes import Definition, Definitions, Strong, Text

BLANK = "\u2800"
PAIRS = (
    "100 %",
    "84,20 €",
    "17 h 30",
    "18 bis",
    "n° 12",
    "25 m²",
    "20 °C",
    "p. 12",
    "3 kg",
    "12\u00a0janvier",
    "M.\u00a0Dupont",
    "page\u202f7",
)


def _is_parted(page_rows: list[str], pair: str) -> bool:
    """Say whether a row ends within the pair."""
    words = cells(pair).split(BLANK)
    for row, following in pairwise(page_rows):
        for cut in range(1, len(words)):
            head, tail = BLANK.join(words[:cut]), BLANK.join(words[cut:])
            is_head = (BLANK + row).endswith(BLANK + head)
            if is_head and (following + BLANK).startswith(tail + BLANK):
                return True
    return False


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("grade", [1, 2])
def test_a_pair_goes_to_the_next_row_together(pair: str, grade: int) -> None:
    for before in range(1, 26):
        document = doc(p(f"{'a' * before} bb {pair} fin"))
        options = BrailleOptions(width=20, grade=grade)  # type: ignore[arg-type]  # both grades
        found = rows(document, options)

        assert not _is_parted(found, pair), (before, found)
        whole = BLANK.join(row.strip(BLANK) for row in found).replace("⠤" + BLANK, "")
        assert whole == cells(f"{'a' * before} bb {pair} fin", grade)


def test_words_held_together_that_no_row_holds_are_parted() -> None:
    text = "Il faut\u00a0absolument\u00a0rencontrer\u00a0les voisins."

    found = rows(doc(p(text)), BrailleOptions(width=22))

    assert [row.strip(BLANK) for row in found] == [
        cells("Il faut absolument"),
        cells("rencontrer les"),
        cells("voisins."),
    ]


def test_a_page_typed_with_no_break_spaces_alone_is_filled_as_any_other() -> None:
    text = "La mutuelle accueille chaque personne avec attention et lui explique ses droits."

    assert rows(doc(p(text.replace(" ", "\u00a0")))) == rows(doc(p(text)))


def test_a_pair_holds_in_bold_and_in_titles_and_columns() -> None:
    bold = doc(p("Le remboursement est à ", Strong((Text("100\u00a0%"),)), " ici."))
    assert not _is_parted(rows(bold, BrailleOptions(width=22)), "100 %")
    title = doc(h(1, "Le remboursement à 100 % des soins"))
    assert not _is_parted([row.strip(BLANK) for row in rows(title)], "100 %")
    columns = doc(table(["Soin", "Prix"], ["Lunettes", "84,20 €"]))
    assert cells("84,20 €") in "".join(rows(columns))


def test_the_preview_shows_the_print_of_pairs() -> None:
    options = BrailleOptions(width=20, interlined=True)

    shown = BrailleBackend().preview(doc(p("Il rembourse cent 100 % ici.")), options)

    assert shown.splitlines()[2::2] == ["Il rembourse cent", "100\u00a0% ici."]


def test_cells_of_other_words_than_the_print_stay_as_they_are() -> None:
    assert held_cells("a\ue01fb c", f"⠁{BLANK}⠃⠉") == f"⠁{BLANK}⠃⠉"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(("un", "mot", "12", "h", "30", "%", "€", "n°", "grand")), min_size=1),
    st.lists(st.sampled_from((" ", "\u00a0", "\u202f")), min_size=40, max_size=40),
    st.integers(20, 40),
)
def test_no_word_is_lost_whatever_is_held(words: list[str], spaces: list[str], width: int) -> None:
    text = "".join(word + space for word, space in zip(words, spaces, strict=False)).strip()

    found = rows(doc(p(text)), BrailleOptions(width=width))

    assert max(map(len, found)) <= width
    assert not set("".join(found)) - {chr(0x2800 + number) for number in range(64)}
    assert BLANK.join(row.strip(BLANK) for row in found) == cells(text)


@pytest.mark.parametrize("before", range(1, 30))
def test_a_term_stands_on_the_page_of_its_definition(before: int) -> None:
    entry = Definition((Text("Tiers payant"),), (p("Vous n’avancez pas les frais."),))
    document = doc(*[p("Ligne.") for _ in range(before)], Definitions((entry,)))

    pages = edition(document).volumes[0].pages
    ((page, row),) = [
        (page, row)
        for page in pages
        for row, found in enumerate(page.rows)
        if found.cells.startswith(cells("Tiers payant"))
    ]

    assert len(page.rows) > row + 1
