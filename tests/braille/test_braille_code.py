"""The code itself: printed examples, liblouis's specifications, letters beyond the code."""

import itertools
import os
import re
from pathlib import Path
from typing import Any

import pytest

from braille_texts import GOLDEN, cells
from ess_access.backends.braille.cells import UNDEFINED, code, dots, pattern
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, liblouis
from ess_access.backends.braille.translator import Translator
from support import shared


def _golden() -> list[tuple[str, ...]]:
    lines = (GOLDEN / "cbfu.tsv").read_text(encoding="utf-8").splitlines()
    found = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    return [(*row, "")[:5] for row in found]


EXAMPLES = _golden()


@pytest.mark.parametrize(
    ("section", "grade", "print_text", "expected"),
    [row[:4] for row in EXAMPLES if not row[4]],
    ids=[f"{row[0]} {row[2]}"[:60] for row in EXAMPLES if not row[4]],
)
def test_a_printed_example_of_the_code_comes_out_as_printed(
    section: str, grade: str, print_text: str, expected: str
) -> None:
    # The examples of 1.1 and 1.5b write capitals by the base code, which 2.1 completes.
    is_base = section.startswith(("1.1", "1.5b"))

    assert cells(print_text, int(grade), is_base=is_base) == expected


def test_the_examples_that_we_do_not_follow_are_few_and_named() -> None:
    named = [row for row in EXAMPLES if row[4]]

    assert len(EXAMPLES) >= 150
    assert len(named) / len(EXAMPLES) <= 0.05
    for section, grade, print_text, expected, _why in named:
        is_base = section.startswith(("1.1", "1.5b"))
        assert cells(print_text, int(grade), is_base=is_base) != expected


def test_the_cases_of_the_rules_pass_whole() -> None:
    wrong = []
    for line in shared("cases", "cbfu.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            print_text, expected, section = line.split("\t")
            if cells(print_text) != expected:
                wrong.append((section, print_text, expected, cells(print_text)))

    assert not wrong


def test_our_tables_and_those_of_liblouis_agree_but_where_the_code_differs() -> None:
    table = code()
    differing = {
        char
        for char, ours in {**table.letters, **table.signs}.items()
        if liblouis().translate(char) != ours
    }

    # Table 3, 2.5, 1.9: liblouis 3.24 writes these otherwise or not at all.
    assert differing == set("ß„’—☐↔←→*")


# --- the wrapper against liblouis's own specifications ----------------------------------------


def _pairs(node: Any) -> list[Any]:
    return node.value if node.tag.endswith("map") else []


Case = tuple[bool, str, str]  # whether it reads back, what is given, what is expected


def _file_of_specification(name: str) -> tuple[Any, Path]:
    folder = os.environ.get("ESS_ACCESS_LIBLOUIS_SPECS")
    if not folder:
        pytest.skip("ESS_ACCESS_LIBLOUIS_SPECS does not name liblouis's tests/braille-specs")
    path = Path(folder) / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return pytest.importorskip("yaml", reason="PyYAML reads liblouis's specifications"), path


def _specification(name: str) -> list[Case]:
    """Read the cases of a specification of liblouis (tests/braille-specs)."""
    yaml, path = _file_of_specification(name)
    cases: list[Case] = []
    mode = "forward"
    for document in yaml.compose_all(path.read_text(encoding="utf-8")):
        for key, value in document.value:
            if key.value == "flags":
                mode = {k.value: v.value for k, v in value.value}.get("testmode", mode)
            if key.value == "tests":
                for test in value.value:
                    texts = [node.value for node in test.value if isinstance(node.value, str)]
                    options = {key.value for node in test.value[2:] for key, _ in _pairs(node)}
                    if options & {"xfail", "typeform"}:
                        continue  # liblouis's own failures; typeforms are not how we emphasise
                    given, expected = texts[-2:]  # a description may come first
                    if mode != "backward":
                        cases.append((False, given, expected))
                    if mode == "bothDirections":
                        cases.append((True, expected, given))
                    if mode == "backward":
                        cases.append((True, given, expected))
    return cases


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("name", "table"), [("fr-bfu-comp6.yaml", UNCONTRACTED), ("fr-bfu-g2.yaml", CONTRACTED)]
)
def test_the_specifications_of_liblouis_hold_through_the_wrapper(name: str, table: str) -> None:
    louis = liblouis()
    cases = _specification(name)
    wrong = []
    for is_back, given, expected in cases:
        if is_back:
            found = louis.back_translate(given.replace(" ", "\u2800"), table)
        else:
            found = louis.translate(given, table)
        if found.replace("\u2800", " ") != expected.replace("\u2800", " "):
            wrong.append((is_back, given, expected, found))

    assert len(cases) > 50
    assert not wrong


@pytest.mark.oracle
def test_emphasis_is_marked_as_the_specification_of_liblouis_has_it() -> None:
    # The specification asks for it with typeforms; we mark it in the text (CBFU 2.2).
    yaml, path = _file_of_specification("fr-bfu-comp6.yaml")
    count = 0
    for document in yaml.compose_all(path.read_text(encoding="utf-8")):
        for test in (test for key, value in document.value for test in value.value):
            if not isinstance(getattr(test, "value", None), list):
                continue
            texts = [node.value for node in test.value if isinstance(node.value, str)]
            for form in _typeforms(test.value):
                given, expected = texts[-2:]
                tagged = "".join(
                    f"<em>{''.join(run)}</em>" if is_marked else "".join(run)
                    for is_marked, run in _runs(given, form)
                )
                assert cells(tagged).replace("\u2800", " ") == expected
                count += 1

    assert count > 10


def _typeforms(nodes: list[Any]) -> list[str]:
    found = [value for node in nodes for key, value in _pairs(node) if key.value == "typeform"]
    return [form.value for value in found for _, form in value.value]


def _runs(given: str, form: str) -> list[tuple[bool, list[str]]]:
    marked = zip(form.ljust(len(given)), given, strict=False)
    return [
        (is_marked, [char for _, char in run])
        for is_marked, run in itertools.groupby(marked, lambda pair: pair[0] == "+")
    ]


@pytest.mark.parametrize("text", ["p.m.", "m.t.s.", "p.ex.", "e.g."])
def test_initials_are_no_contractions(text: str) -> None:
    # 1.6: the indicator of base value is added where a letter could be a contraction.
    assert cells(text, 2) == "\u2830" + cells(text)
    assert cells("salarié.e.s", 2) == cells("salarié.e.s")


# --- what the code does not hold ------------------------------------------------------------


def test_dots_and_cells_are_one_another() -> None:
    assert pattern("45 15") == "⠘⠑"
    assert dots("⠘⠑\u2800") == "45 15 0"


def test_foreign_letters_become_their_nearest_latin_letters() -> None:
    translator = Translator(liblouis())

    assert translator.cells("Škoda, Dvořák, Łódź") == translator.cells("Skoda, Dvorák, Lódz")
    assert {"Š", "ř", "Ł", "ź"} <= set(translator.met.letters)


def test_a_greek_word_is_spelled_and_a_greek_letter_is_a_sign() -> None:
    assert cells("βαλανείον") == cells("balaneion")
    assert cells("le rayon α") == "⠇⠑⠀⠗⠁⠽⠕⠝⠀⠘⠁"


def test_a_cyrillic_word_is_spelled() -> None:
    assert cells("Москва") == cells("Moskva")


def test_a_sign_without_cells_is_named_in_a_note() -> None:
    translator = Translator(liblouis())

    assert translator.cells("Bravo ★!") == translator.cells("Bravo \u2820\u2806étoile\u2830\u2804!")
    assert translator.met.signs == {"★": "étoile"}


def test_a_sign_without_a_name_gives_its_number() -> None:
    translator = Translator(liblouis())
    translator.cells("日")

    assert translator.met.signs == {"日": "U+65E5"}


def test_no_character_vanishes_in_silence() -> None:
    translator = Translator(liblouis())
    for code_point in [*range(0xA1, 0x600), *range(0x1E00, 0x2100), *range(0x2190, 0x2800, 7)]:
        char = chr(code_point)
        found = translator.cells(f"a{char}b")
        if char.isalnum():
            assert found != cells("ab"), f"U+{code_point:04X} vanished"
        assert UNDEFINED not in found
        assert re.fullmatch("[\u2800-\u283f]*", found)


def test_a_letter_that_loses_a_mark_of_its_own_is_noted() -> None:
    translator = Translator(liblouis())

    assert translator.cells("x\u030c et n\u0303") == translator.cells("x et ñ")
    assert translator.met.letters == {"x\u030c": "x"}


def test_middle_dots_keep_an_inclusive_word_whole() -> None:
    assert cells("usager·ère·s") == cells("usager.ère.s")
    assert "\u2800" not in cells("salarié·e·s")


def test_spanish_e_acute_has_its_own_cell() -> None:
    from ess_access.backends.braille.integral import token_cells

    assert token_cells("café", "es") == "⠉⠁⠋⠮"
    assert token_cells("café") == "⠉⠁⠋⠿"


def test_words_one_by_one_are_what_liblouis_makes_of_the_whole() -> None:
    text = shared("guide", "usagers.txt").read_text(encoding="utf-8").replace("’", "'")
    translator = Translator(liblouis())
    for line in text.splitlines():
        words = " ".join(word for word in line.split() if word.isalpha() and word.islower())

        assert translator.cells(words) == liblouis().translate(words)


def test_a_contraction_of_two_words_is_kept() -> None:
    assert cells("par exemple", 2) == liblouis().translate("par exemple", CONTRACTED)
    assert "\u2800" not in cells("par exemple", 2)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("\U0001f600", "visage rieur"),
        ("\U0001f680", "fusée"),
        ("\U0001f44d\U0001f3fd", "pouce vers le haut peau légèrement mate"),
        ("\U0001f469\u200d\U0001f4bb", "informaticienne"),
        ("\U0001f1eb\U0001f1f7", "drapeau france"),
        ("\u2764\ufe0f", "cœur"),
        ("\u221a", "racine carrée"),
        ("\U000f1234", "U+F1234"),
    ],
)
def test_a_picture_is_named_in_a_note(written: str, name: str) -> None:
    translator = Translator(liblouis())

    found = translator.cells(f"Bravo {written} !")

    assert found == translator.cells(f"Bravo \u2820\u2806{name}\u2830\u2804!")
    assert translator.met.signs == {written.replace("\ufe0f", ""): name}
