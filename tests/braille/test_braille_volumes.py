"""Volumes: where the elements of a document are cut (CBFU 3.5)."""

from ess_access.backends.braille.elements import Element, Entry, Flow, Grid
from ess_access.backends.braille.liblouis import liblouis
from ess_access.backends.braille.marks import ADDRESS_OFF, ADDRESS_ON, FILL
from ess_access.backends.braille.mending import mend
from ess_access.backends.braille.translator import Translator
from ess_access.backends.braille.volumes import cut

TEXT = Flow("⠁⠃", "ab")
SUITE = "⠠⠆⠎⠥⠊⠞⠑⠰⠄"


def chapter(cells: str, level: int = 1) -> Flow:
    return Flow(cells, cells, is_centred=True, entry=Entry(level, cells, cells))


def volumes(elements: list[Element], starts: list[int], limit: int) -> list[list[Element]]:
    return cut(elements, starts, limit, Translator(liblouis()))


def test_what_fits_is_one_volume() -> None:
    elements: list[Element] = [chapter("⠁"), TEXT]

    assert volumes(elements, [0, 1], 10) == [elements]


def test_a_volume_ends_before_the_last_chapter_that_does_not_fit() -> None:
    one, two, three = chapter("⠁"), chapter("⠃"), chapter("⠉")

    found = volumes([one, TEXT, two, TEXT, three, TEXT], [0, 1, 6, 7, 12, 13], 10)

    assert found == [[one, TEXT], [two, TEXT, three, TEXT]]


def test_a_lower_heading_further_on_is_better_than_a_volume_nearly_empty() -> None:
    one, two, three = chapter("⠁"), chapter("⠃"), chapter("⠉", 2)

    found = volumes([one, two, TEXT, three, TEXT], [0, 1, 2, 8, 12], 10)

    assert found[0] == [one, two, TEXT]
    assert found[1][-2:] == [three, TEXT]


def test_a_chapter_that_goes_on_says_its_title_and_suite() -> None:
    one = chapter("⠁")

    first, second = volumes([one, TEXT, TEXT, TEXT], [0, 4, 9, 14], 10)

    assert first == [one, TEXT]
    assert isinstance(second[0], Flow)
    assert second[0].cells == f"⠁⠀{SUITE}"
    assert second[1:] == [TEXT, TEXT]


def test_without_any_heading_nothing_is_said_again() -> None:
    assert volumes([TEXT, TEXT, TEXT], [0, 6, 12], 10) == [[TEXT], [TEXT, TEXT]]


def test_blank_rows_do_not_begin_a_volume() -> None:
    elements: list[Element] = [TEXT, Grid((), after=1), TEXT, TEXT]

    for volume in volumes(elements, [0, 5, 9, 14], 10):
        assert volume
        assert volume[0] == TEXT


def test_one_element_longer_than_a_volume_stays_whole() -> None:
    assert volumes([TEXT, Grid((("⠁", ""),))], [0, 30], 10) == [[TEXT, Grid((("⠁", ""),))]]


def test_code_keeps_its_own_spaces_and_strokes() -> None:
    for code in ('print(" a ")', "x = ______", "y = 8 - 3 = 5"):
        mended = mend(ADDRESS_ON + code + ADDRESS_OFF)

        assert mended == ADDRESS_ON + code + ADDRESS_OFF
        assert FILL not in mended
