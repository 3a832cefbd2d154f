"""Whatever the document: no word is lost, the bytes repeat, the XML is well formed."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ess_access.backends.large_print import LargePrintOptions
from ess_access.backends.large_print.checks import check_docx
from ess_access.backends.large_print.fonts import obfuscated
from ess_access.backends.large_print.themes import contrast
from ess_access.document.build import cell, doc, em, h, link, note, ol, p, quote, strong, ul
from ess_access.document.nodes import Block, Division, Paragraph, Table, Text
from large_print_samples import edition

WORDS = st.lists(
    st.sampled_from(
        ["mot", "LES", "café", "12 300 €", "n° 5", "😀", "→", "l’ESS", "a_b", "01 23", "x" * 40]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
INLINES = st.lists(
    st.one_of(
        WORDS.map(Text),
        WORDS.map(em),
        WORDS.map(strong),
        WORDS.map(lambda words: link("https://exemple.org/a?b=c&d", words)),
        WORDS.map(note),
    ),
    min_size=1,
    max_size=4,
)
PARAGRAPHS = INLINES.map(lambda nodes: p(*[part for node in nodes for part in (node, " ")]))


def tables(children: st.SearchStrategy[Block]) -> st.SearchStrategy[Table]:
    cells = st.builds(
        lambda block, rows, columns: cell(block, row_span=rows, col_span=columns),
        children,
        st.integers(1, 3),
        st.integers(1, 3),
    )
    rows = st.lists(st.lists(cells, min_size=1, max_size=4).map(tuple), min_size=1, max_size=4)
    return st.builds(lambda rows, head: Table(tuple(rows), head), rows, st.integers(0, 2))


BLOCKS = st.recursive(
    st.one_of(PARAGRAPHS, st.builds(h, st.integers(1, 6), WORDS)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda items: ul(*items)),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: ol(*items)),
        inner.map(quote),
        inner.map(lambda block: Division("warning", "", (), (block,))),
        tables(inner.filter(lambda block: isinstance(block, Paragraph))),
    ),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_no_word_is_lost_and_the_bytes_repeat(blocks: list[Block]) -> None:
    document = doc(*blocks, title="Essai")
    with tempfile.TemporaryDirectory() as folder:
        first = edition(Path(folder, "a"), document)
        second = edition(Path(folder, "b"), document, LargePrintOptions(landscape_tables=True))
        again = edition(Path(folder, "c"), document)
        assert first.path.read_bytes() == again.path.read_bytes()
        for made in (first, second):
            found = {one.code for one in check_docx(made.path, made.document)}
            named = set(made.strings("//w:pStyle/@w:val | //w:rStyle/@w:val"))
            assert named <= set(made.strings("//w:style/@w:styleId", "word/styles.xml"))
            assert not found & {"LP-001", "LP-070", "LP-071", "LP-006", "LP-038", "LP-090"}


@given(st.binary(min_size=32, max_size=64), st.uuids())
def test_obfuscation_undoes_itself(data: bytes, key: object) -> None:
    hidden = obfuscated(data, key)  # type: ignore[arg-type]  # hypothesis gives uuid.UUID
    assert obfuscated(hidden, key) == data  # type: ignore[arg-type]
    assert hidden[32:] == data[32:]


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_contrast_lies_between_1_and_21_either_way_round(one: int, other: int) -> None:
    first, second = f"{one:06X}", f"{other:06X}"
    assert 1 <= contrast(first, second) <= 21.0001
    assert contrast(first, second) == contrast(second, first)
