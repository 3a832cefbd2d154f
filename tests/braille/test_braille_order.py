"""Rows in each other's place are found, and no sound edition has any."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ess_access.api.backend import Artifact, Workspace
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.document.build import doc, h, note, ol, p, quote, table, ul
from ess_access.document.nodes import Block, Document

SENTENCES = (
    "La mutuelle accueille chaque personne avec attention, au guichet comme au téléphone.",
    "Elle explique les droits, en gros caractères ou en braille, à qui le demande.",
    "Nos conseillers rappellent dans la journée ceux qui laissent un message.",
    "Les remboursements arrivent sous deux jours, sauf pendant les fêtes.",
    "Un courrier annonce toute hausse de cotisation deux mois avant qu’elle ne commence.",
    "Le médiateur peut être saisi sans frais, par lettre ou sur le site.",
)
LETTER = doc(
    h(1, "Accueillir"),
    p(" ".join(SENTENCES[:3])),
    ul(SENTENCES[3], SENTENCES[4]),
    p(SENTENCES[5], note("Voir le règlement intérieur de la mutuelle.")),
    title="Accueillir",
)


def built(folder: Path) -> Artifact:
    made = BrailleBackend().render(LETTER, BrailleOptions(), Workspace(folder, "guide"))
    return next(one for one in made if one.path.suffix == ".brf")


def codes(artifact: Artifact) -> list[str]:
    return [f.code for f in BrailleBackend().check((artifact,), LETTER, BrailleOptions())]


@pytest.mark.parametrize(
    ("one", "other"), [(4, 5), (3, 9), (5, 8), (14, 15), (4, 18), (10, 22), (13, 16)]
)
def test_exchanged_rows_are_named_from_the_brf_alone(one: int, other: int, tmp_path: Path) -> None:
    artifact = built(tmp_path)
    rows = artifact.path.read_bytes().split(b"\r\n")
    rows[one - 1], rows[other - 1] = rows[other - 1], rows[one - 1]
    artifact.path.write_bytes(b"\r\n".join(rows))
    found = list(BrailleBackend().check((artifact,), LETTER, BrailleOptions()))
    assert [f.code for f in found] == ["BR-121"]
    assert (found[0].params["row"], found[0].params["other"]) == (one, other)


def test_the_sound_edition_has_no_row_out_of_place(tmp_path: Path) -> None:
    assert codes(built(tmp_path)) == []


PHRASES = st.sampled_from([*SENTENCES, "Oui.", "Non, merci.", "la mutuelle", "les droits"])
WORDED = st.lists(PHRASES, min_size=1, max_size=3).map(lambda said: p(" ".join(said)))
REPEATED: st.SearchStrategy[Block] = st.one_of(
    WORDED,
    PHRASES.map(lambda words: h(2, words)),
    PHRASES.map(lambda words: p(words, note(words))),
    st.lists(WORDED, min_size=1, max_size=4).map(lambda items: ul(*items)),
    st.lists(WORDED, min_size=1, max_size=4).map(lambda items: ol(*items)),
    st.lists(WORDED, min_size=1, max_size=2).map(lambda items: quote(*items)),
    st.lists(st.tuples(PHRASES, PHRASES, PHRASES), min_size=2, max_size=4).map(
        lambda rows: table(*rows)
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(REPEATED, min_size=2, max_size=9),
    st.builds(
        BrailleOptions,
        width=st.sampled_from([20, 28, 40]),
        tables=st.sampled_from(["auto", "columns", "lines", "steps", "titles", "list", "hybrid"]),
    ),
)
def test_texts_that_repeat_themselves_have_no_row_out_of_place(
    blocks: list[Block], options: BrailleOptions
) -> None:
    document: Document = doc(*blocks)
    with TemporaryDirectory() as folder:
        made = BrailleBackend().render(document, options, Workspace(Path(folder), "guide"))
        found = {one.code for one in BrailleBackend().check(made, document, options)}
    assert "BR-121" not in found
