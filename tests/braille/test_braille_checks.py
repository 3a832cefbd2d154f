"""The checks find what is wrong with files, whoever made them."""

import re
from pathlib import Path

import pytest

from braille_texts import edition
from ess_access.api.backend import Artifact, Workspace
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.document.build import cell, doc, h, note, p, table, ul
from ess_access.document.nodes import Block, Document, PageMark, Rule, Script, Text

TEXT = "La mutuelle accueille chaque personne avec attention et lui explique ses droits. " * 9
GUIDE = doc(h(1, "Guide"), *[p(TEXT) for _ in range(6)], title="Guide")


def built(folder: Path, document: Document = GUIDE, **options: object) -> tuple[Artifact, ...]:
    chosen = BrailleOptions(**options)  # type: ignore[arg-type]  # by name
    return BrailleBackend().render(document, chosen, Workspace(folder, "guide"))


def codes(
    artifacts: tuple[Artifact, ...], document: Document | None, **options: object
) -> set[str]:
    chosen = BrailleOptions(**options)  # type: ignore[arg-type]  # by name
    return {finding.code for finding in BrailleBackend().check(artifacts, document, chosen)}


def changed(artifacts: tuple[Artifact, ...], suffix: str, old: bytes, new: bytes) -> None:
    (path,) = (artifact.path for artifact in artifacts if artifact.path.name.endswith(suffix))
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def test_sound_files_have_no_findings(tmp_path: Path) -> None:
    assert codes(built(tmp_path), GUIDE) == set()


def test_a_file_from_elsewhere_is_checked_without_its_source(tmp_path: Path) -> None:
    assert codes(built(tmp_path), None) == set()


def test_a_row_that_is_too_long_is_found(tmp_path: Path) -> None:
    artifacts = built(tmp_path)

    assert "BR-101" in codes(artifacts[:1], None, width=20)


def test_a_page_that_is_too_high_is_found(tmp_path: Path) -> None:
    artifacts = built(tmp_path)

    assert "BR-102" in codes(artifacts[:1], None, height=15)


@pytest.mark.parametrize(
    ("suffix", "old", "new", "code"),
    [
        (".brf", b"\r\n", b" \r\n", "BR-103"),
        (".brf", b"MUTUELLE", b"MUTU\xe9LLE", "BR-104"),
        (".brf", b",<", b",*", "BR-106"),
        (".brf", b"MUTUELLE", b"MUTUEL", "BR-107"),
        (".braille.txt", "⠍".encode(), b"m", "BR-104"),
        (".pef", b"</pef>", b"", "BR-110"),
        (".pef", b'version="2008-1"', b'version="2009"', "BR-111"),
        (".pef", b"<dc:format>", b"<dc:format>x", "BR-111"),
        (".pef", b'cols="30"', b'cols="x"', "BR-111"),
        (".pef", b"<row>", b"<row>a", "BR-111"),
    ],
)
def test_a_damaged_file_is_found(
    suffix: str, old: bytes, new: bytes, code: str, tmp_path: Path
) -> None:
    artifacts = built(tmp_path)
    if code == "BR-106":
        old, new = b" ,%\r\n", b" ,&\r\n"  # 2 becomes 3
    changed(artifacts, suffix, old, new)

    assert code in codes(artifacts, GUIDE)


@pytest.mark.parametrize("suffix", [".brf", ".braille.txt", ".pef"])
@pytest.mark.parametrize("data", [b"", b"\x0c\x0c\r\n", b"\n \n"])
def test_an_empty_file_is_found_with_its_source_or_alone(
    suffix: str, data: bytes, tmp_path: Path
) -> None:
    (artifact,) = (one for one in built(tmp_path) if one.path.name.endswith(suffix))
    artifact.path.write_bytes(data)

    assert codes((artifact,), GUIDE) == {"BR-113"}
    assert codes((artifact,), None) == {"BR-113"}


def test_a_pef_without_a_row_is_empty_unless_its_source_has_no_word(tmp_path: Path) -> None:
    artifacts = built(tmp_path, doc(Rule()))
    (pef,) = (one for one in artifacts if one.path.suffix == ".pef")

    assert codes(artifacts, doc(Rule())) == set()
    assert codes((pef,), None) == {"BR-113"}


def test_line_ends_of_another_system_are_found(tmp_path: Path) -> None:
    artifacts = built(tmp_path)
    path = artifacts[0].path
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))

    assert "BR-105" in codes(artifacts[:1], GUIDE)


def test_a_lost_word_is_found_and_named(tmp_path: Path) -> None:
    artifacts = built(tmp_path)
    changed(artifacts, ".brf", b"ATTENTION", b"ATTENTE")

    (found,) = (
        finding
        for finding in BrailleBackend().check(artifacts[:1], GUIDE, BrailleOptions())
        if finding.code == "BR-120"
    )

    assert "attention" in str(found.params["words"])


def test_contents_that_point_elsewhere_are_found(tmp_path: Path) -> None:
    document = doc(*(block for n in range(4) for block in (h(1, f"Partie {n}"), p(TEXT), p(TEXT))))
    artifacts = built(tmp_path, document, contents="always")
    path = artifacts[0].path
    # The first entry now names page 9: « ,[ » is ⠠⠪.
    path.write_bytes(re.sub(rb"('{2,}  ),.\r\n", rb"\1,[\r\n", path.read_bytes(), count=1))

    assert "BR-108" in codes(artifacts[:1], document)


def test_a_picture_without_description_is_an_error() -> None:
    from ess_access.document.nodes import Image

    made = edition(doc(p("a", Image(None, None))))

    assert [finding.code for finding in made.findings] == ["BR-001"]


def test_a_chapter_longer_than_a_volume_goes_on_with_its_title() -> None:
    document = doc(h(1, "Seul chapitre"), *[p(TEXT) for _ in range(60)])
    made = edition(document, BrailleOptions(volume_pages=10, title_page="never", contents="never"))

    assert len(made.volumes) > 1
    assert "⠠⠆⠎⠥⠊⠞⠑⠰⠄" in made.volumes[1].pages[0].rows[0].cells


def test_cells_that_hold_blocks_are_set_in_lines_with_their_blocks() -> None:
    document = doc(
        table(("Soin", "Détail"), ("Optique", (p("Verres"), ul("un", "deux"))), caption="Part")
    )
    made = edition(document)
    text = "\n".join(row.cells for row in made.volumes[0].pages[0].rows)

    assert "⠪⠕⠀⠥⠝" in text
    assert "⠨⠧⠑⠗⠗⠑⠎" in text


def test_columns_turn_long_cells_over_and_say_headers_again() -> None:
    rows = [("Optique", "verres et montures, une fois tous les deux ans")] * 12
    made = edition(doc(table(("Soin", "Détail"), *rows)), BrailleOptions(tables="columns"))
    pages = made.volumes[0].pages

    assert len(pages) > 1
    assert all("⠨⠎⠕⠊⠝" in page.rows[0].cells + page.rows[1].cells for page in pages[1:])


def test_notes_called_in_a_table_follow_it() -> None:
    document = doc(table(("Soin", "Part"), ("Optique", cell((p("60 %", note("Par an.")),)))))
    text = "\n".join(row.cells for row in edition(document).volumes[0].pages[0].rows)

    assert "⠬⠠⠡" in text
    assert "⠠⠡⠲⠀⠨⠏⠁⠗⠀⠁⠝⠲" in text


@pytest.mark.parametrize("grade", [1, 2])
def test_raised_and_lowered_signs_are_read_back(tmp_path: Path, grade: int) -> None:
    two = (Text("2"),)
    document = doc(
        p("H", Script("sub", two), "O et CO", Script("sub", two), ", x", Script("super", two), "."),
        p("Une salle de 25 m", Script("super", two), ", note", Script("super", (Text("a, b"),))),
        p("M", Script("super", (Text("me"),)), " Dupont, 5 m², 10⁻³ et H₂O."),
    )

    assert "BR-120" not in codes(built(tmp_path, document, grade=grade), document, grade=grade)


def test_a_raised_sign_that_is_lost_is_found(tmp_path: Path) -> None:
    document = doc(p("Une salle de 25 m", Script("super", (Text("2"),)), " ici."))
    artifacts = built(tmp_path, document)
    changed(artifacts, ".brf", b"@<", b"")

    assert "BR-120" in codes(artifacts, document)


@pytest.mark.parametrize("print_pages", [True, False])
def test_volumes_are_told_apart_where_a_number_stands_on_their_first_row(
    tmp_path: Path, *, print_pages: bool
) -> None:
    # A page of the print at the left, or a chapter called by its number, is no page number.
    chapters: list[Block] = []
    for number in range(1, 12):
        chapters.append(h(1, PageMark(str(number)), str(number)))
        chapters.extend(p(TEXT) for _ in range(6))
    document = doc(*chapters, title="Livre")
    fronts = dict.fromkeys(("title_page", "contents", "symbols"), "never")
    options: dict[str, object] = {"print_pages": print_pages, "volume_pages": 10, **fronts}
    artifacts = built(tmp_path, document, **options)

    assert codes(artifacts, document, **options) == set()
    assert codes(artifacts[:1], document, **options) == set()
