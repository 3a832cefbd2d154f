"""A document goes through JSON and back, unchanged, in one canonical form."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from documents_at_random import documents
from ess_access.document.build import asset, doc, figure, h, p, table, ul
from ess_access.document.codec import CodecError, as_json, decode, digest, encode, jsonable
from ess_access.document.nodes import Document, Image, Paragraph, Place, Text
from ess_access.document.walk import map_blocks

PICTURE = asset(b"bytes")


@settings(max_examples=200, deadline=None)
@given(documents())
def test_any_document_comes_back_unchanged(document: Document) -> None:
    written = encode(document)
    again = decode(written)
    assert again == document
    assert encode(again) == written
    assert digest(again) == digest(document)
    assert encode(decode(encode(document, places=True)), places=True) == encode(
        document, places=True
    )


def test_a_node_is_its_type_and_its_fields() -> None:
    assert jsonable(h(2, "a", id="x")) == {
        "type": "Heading",
        "level": 2,
        "children": [{"type": "Text", "text": "a"}],
        "id": "x",
    }


def test_places_are_written_on_request_and_never_count() -> None:
    placed = replace(p("a"), at=Place(line=3, part="x"))
    assert placed == p("a")
    assert digest(doc(placed)) == digest(doc(p("a")))
    assert "at" not in jsonable(placed)
    assert jsonable(placed, places=True)["at"] == {"line": 3, "part": "x"}
    found = decode(encode(doc(placed), places=True)).children[0]
    assert isinstance(found, Paragraph)
    assert found.at == Place(line=3, part="x")


def test_equal_documents_have_one_digest_and_others_another() -> None:
    one = doc(p("a"), assets=(PICTURE,))
    assert digest(one) == digest(doc(p("a"), assets=(PICTURE,)))
    assert (
        len({digest(one), digest(doc(p("b"))), digest(doc(p("a"))), digest(doc(p("a"), title="t"))})
        == 4
    )


def test_what_is_no_node_is_refused() -> None:
    with pytest.raises(TypeError):
        jsonable(object())
    with pytest.raises(TypeError):
        jsonable(3.5)


def _written() -> dict[str, Any]:
    document = doc(figure(Image(PICTURE.digest, "a")), ul("b"), table(("c",)), assets=(PICTURE,))
    return dict(json.loads(encode(document)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda it: it.update(type="Text"), "cannot stand here"),
        (lambda it: it.update(children={}), "a list is expected"),
        (lambda it: it["children"].append(3), "a node is expected"),
        (lambda it: it["children"].append({"type": "Text", "text": "a"}), "'Text'"),
        (lambda it: it["children"].append({"type": "Paragraph"}), "'children' is missing"),
        (lambda it: it["children"][0].update(extra=1), "unknown field 'extra'"),
        (lambda it: it["children"][0].update(at={"line": "1"}), "a place is expected"),
        (lambda it: it["children"][1].update(start=True), "children[1].start"),
        (lambda it: it.update(assets=3), "a list is expected"),
        (lambda it: it["assets"].append({}), "a picture is expected"),
        (lambda it: it["assets"][0].update(data="AAAA"), "the digest is not"),
        (lambda it: it["meta"].update(lang=None), "meta.lang"),
    ],
)
def test_json_that_is_no_document_is_refused_with_its_path(change: Any, says: str) -> None:
    written = _written()
    change(written)
    with pytest.raises(CodecError) as refused:
        decode(as_json(written))
    assert says in str(refused.value)


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(CodecError, match="not JSON"):
        decode("{")


@settings(max_examples=100, deadline=None)
@given(documents())
def test_rebuilding_without_a_change_changes_nothing(document: Document) -> None:
    assert map_blocks(document.children, lambda block: (block,)) == document.children


def test_a_text_is_written_in_its_own_letters() -> None:
    assert as_json(jsonable(Text("é"))) == '{"text":"é","type":"Text"}'
